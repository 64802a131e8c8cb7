"""Who pays whom: what follows consignments, what firms and people pay each other anyway, and what acts move."""
