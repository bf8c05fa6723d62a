"""Pages of strategies: reading (the public), overview and editing (the editor), publishing."""
