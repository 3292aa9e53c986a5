"""Hand-overs: what follows from the events of an issue in a contractor's hands, and of its pull requests.

Pure: facts and a policy in, a ledger out. It is derived anew at each look, so that missed deliveries do not matter.
"""
