"""What is inside an uploaded file, judged by its bytes.

Nothing here knows Django or the product: the judges run in a process of their own (`__main__`) that may use so much
memory and so much time, and says one word. Each takes the bytes and returns, or raises Flawed.
"""
