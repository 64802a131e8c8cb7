"""The course: ``Workbook``, and one module for each notebook with its exercises.

A notebook ``12_risk_analysis`` has the module ``risk_analysis`` here, which names three things: ``NOTEBOOK``,
``TITLE`` and ``EXERCISES``, a tuple of Exercise classes in the notebook's order that only ever grows at its end.
"""
