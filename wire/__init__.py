"""What crosses the boundary between the gateway and the enclave.

Standard library only and Python 3.10, because both environments import this package.
"""
