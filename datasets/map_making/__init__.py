"""How the map of the invented region is made: land, territories, outlines, offices and ways by sea.

The plane is flat and is measured in nautical miles: x to the east, y to the north. Every step is exact arithmetic or is
rounded before it is compared, so that one seed draws one map everywhere.
"""
