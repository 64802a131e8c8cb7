"""What start.py does: a Python, an environment, the participant's copies, JupyterLab. Standard library only."""
