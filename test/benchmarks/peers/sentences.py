"""The first sentences in the order in which simcse_step_server.py takes them: a JSON list, so that another program steps on the same ones."""
from common import *
S = sentences(); print(json.dumps([S[i] for i in np.random.default_rng(0).permutation(len(S))[:int(sys.argv[1])]]))
