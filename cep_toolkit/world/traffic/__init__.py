"""Layer 2 beside the consignments: goods under transit, parcels, travellers, claims for refund of duty.

Each module makes what really moved, and what honest papers say of it, before any plot.
"""
