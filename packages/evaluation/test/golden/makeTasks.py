"""Makes tasks.json: MTEB's task types by the libraries that define them, on small random inputs with ties.

Needs scipy 1.17, scikit-learn 1.9, torch 2.14, sentence-transformers 6.2.0, mteb 2.26, pytrec-eval-terrier. Reads evaluation.json (make.py).
Run: python makeTasks.py (beside its output).
"""

import json
import os
from types import SimpleNamespace

import numpy as np
import torch
from mteb._evaluators.retrieval_metrics import calculate_retrieval_scores
from mteb.abstasks.text.bitext_mining import AbsTaskBitextMining
from scipy.stats import pearsonr, rankdata, spearmanr
from sentence_transformers.sentence_transformer.evaluation import (
    BinaryClassificationEvaluator,
    EmbeddingSimilarityEvaluator,
)
from sentence_transformers.util import pairwise_cos_sim
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    f1_score,
    homogeneity_completeness_v_measure,
    precision_score,
    recall_score,
)

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(1)
torch.set_num_threads(1)

with open(os.path.join(HERE, "evaluation.json")) as f:
    SETS = json.load(f)["probe"]
TRAIN, TEST = (np.array(SETS[name]) for name in ("train", "test"))
TRAIN_LABELS, TEST_LABELS = (np.array(SETS[name]) for name in ("trainLabels", "testLabels"))


def rounded(x, digits=3):
    """Values that decimal text carries exactly: what both sides read."""
    return np.round(np.asarray(x, np.float64), digits)


def correlations():
    cases = []
    for n, levels in ((2, 9), (7, 3), (40, 6), (60, 1000)):
        a, b = rng.integers(0, levels, n), rng.integers(0, levels, n)
        a[0], a[1] = 0, 1
        b[0], b[1] = 1, 0
        cases.append(
            {
                "a": a.tolist(),
                "b": b.tolist(),
                "ranks": rankdata(a).tolist(),
                "spearman": float(spearmanr(a, b)[0]),
                "pearson": float(pearsonr(a, b)[0]),
            }
        )
    return cases


class Given:
    """A model whose sentences are rows of a matrix, in float64."""

    def __init__(self, vectors):
        self.vectors = vectors

    def encode(self, sentences, **_):
        return self.vectors[np.array([int(s) for s in sentences])]


def sts():
    """Three subsets; in the first some pairs are of equal rows, so that similarities tie."""
    subsets = []
    for n in (30, 12, 5):
        left = rounded(rng.normal(size=(n, 5)))
        right = rounded(left * rng.uniform(0.5, 1.5, (n, 1)) + rng.normal(size=(n, 5)))
        if n == 30:
            right[:6] = left[:6]
        scores = np.round(rng.uniform(0, 5, n) * 2) / 2
        ids = [str(i) for i in range(2 * n)]
        names = ["cosine", "dot", "euclidean", "manhattan"]
        evaluator = EmbeddingSimilarityEvaluator(
            ids[:n], ids[n:], scores.tolist(), similarity_fn_names=names, write_csv=False
        )
        evaluator.store_metrics_in_model_card_data = lambda *_: None
        found = evaluator(Given(np.concatenate([left, right])))
        if n == 30:
            # The cosines of equal rows differ in their last bits, so that ranks would be chance: here they are equal.
            alike = np.round(pairwise_cos_sim(torch.tensor(left), torch.tensor(right)).numpy(), 7)
            found["spearman_cosine"] = spearmanr(alike, scores)[0]
        subsets.append(
            {
                "left": left.tolist(),
                "right": right.tolist(),
                "scores": scores.tolist(),
                "expected": {
                    name: {kind: float(found[f"{kind}_{name}"]) for kind in ("spearman", "pearson")} for name in names
                },
            }
        )
    cosine = lambda s: [
        float(np.dot(a, b) / np.sqrt(np.dot(a, a) * np.dot(b, b))) for a, b in zip(np.array(s["left"]), np.array(s["right"]))
    ]
    # SentEval's senteval/sts.py: all scores together, and numpy's average of the subsets' without and with their sizes.
    together = [x for s in subsets for x in np.round(cosine(s), 7)]
    each = [s["expected"]["cosine"]["spearman"] for s in subsets]
    return {
        "subsets": subsets,
        "all": float(spearmanr(together, [x for s in subsets for x in s["scores"]])[0]),
        "mean": float(np.average(each)),
        "weightedMean": float(np.average(each, weights=[len(s["scores"]) for s in subsets])),
    }


def alignment_uniformity(subset):
    """ssnl/align_uniform's two functions, as SimCSE's footnote 3 applies them."""
    unit = lambda x: torch.nn.functional.normalize(torch.tensor(x, dtype=torch.float64), dim=1)
    x, y = unit(subset["left"]), unit(subset["right"])
    positive = torch.tensor(subset["scores"]) > 4
    return {
        "alignment": float((x[positive] - y[positive]).norm(p=2, dim=1).pow(2).mean()),
        "uniformity": float(torch.pdist(torch.cat([x, y]), p=2).pow(2).mul(-2).exp().mean().log()),
    }


def retrieval():
    """Graded judgements, also of documents that were not found; rankings of 3 to 120; one query finds nothing, one has nothing to find."""
    ks = [1, 3, 5, 10, 100]
    qrels, run, ranked = {}, {}, []
    for q in range(12):
        documents = rng.permutation(150)
        found = documents[: int(rng.integers(3, 121))]
        judged = rng.choice(150, int(rng.integers(1, 40)), replace=False)
        grades = rng.integers(0, 4, len(judged))
        if q == 3:
            judged = documents[-5:]
        if q == 4:
            grades = np.zeros(len(judged), int)
        qrels[f"q{q}"] = {f"d{d}": int(g) for d, g in zip(judged, grades)}
        run[f"q{q}"] = {f"d{d}": float(len(found) - i) for i, d in enumerate(found)}
        ranked.append([f"d{d}" for d in found])
    scores = calculate_retrieval_scores(run, qrels, ks)
    expected = {}
    for ours, theirs in (
        ("ndcg", scores.ndcg),
        ("map", scores.map),
        ("recall", scores.recall),
        ("precision", scores.precision),
        ("mrr", scores.mrr),
        ("accuracy", scores.hit_rate),
    ):
        for name, value in theirs.items():
            k = name.replace("_at_", "@").split("@")[1]
            # parse_metrics_from_scores rounds to five digits: the mean is taken of the queries' own values instead.
            key = {"ndcg": f"ndcg_cut_{k}", "map": f"map_cut_{k}", "recall": f"recall_{k}", "precision": f"P_{k}", "accuracy": f"success_{k}"}.get(ours)
            expected[f"{ours}@{k}"] = float(value if key is None else np.mean([s[key] for s in scores.all_scores.values()]))
            assert abs(expected[f"{ours}@{k}"] - value) < 1e-5
    return {"ranked": ranked, "qrels": list(qrels.values()), "ks": ks, "expected": expected}


def pairs():
    cases = []
    for n, digits, share in ((50, 1, 0.4), (40, 3, 0.1), (8, 0, 0.5), (20, 3, 0.9), (1, 2, 1.0)):
        labels = (rng.uniform(size=n) < share).astype(int)
        labels[0] = 1
        scores = np.round(rng.normal(size=n) + 0.8 * labels, digits) + 0.0
        cases.append(pair_case(scores, labels))
    cases.append(pair_case(np.array([0.9, 0.8, 0.1, 0.1]), np.array([0, 0, 1, 0])))  # best to call none positive
    return cases


def pair_case(scores, labels):
    accuracy, accuracy_threshold = BinaryClassificationEvaluator.find_best_acc_and_threshold(scores, labels, True)
    f1, precision, recall, f1_threshold = BinaryClassificationEvaluator.find_best_f1_and_threshold(scores, labels, True)
    none = accuracy_threshold > scores.max()
    return {
        "scores": scores.tolist(),
        "labels": labels.tolist(),
        "expected": {
            "averagePrecision": float(average_precision_score(labels, scores)),
            "accuracy": float(accuracy),
            "accuracyThreshold": None if none else float(accuracy_threshold),
            "f1": float(f1),
            "f1Threshold": float(f1_threshold),
            "precision": float(precision),
            "recall": float(recall),
        },
    }


def scores_of(labels, predictions):
    options = {"zero_division": 0}
    scores = {"accuracy": float(accuracy_score(labels, predictions))}
    for name, score in (("f1", f1_score), ("precision", precision_score), ("recall", recall_score)):
        scores[name] = float(score(labels, predictions, average="macro", **options))
        scores[f"{name}Weighted"] = float(score(labels, predictions, average="weighted", **options))
    return scores


def classification_scores():
    cases = []
    for n, classes in ((30, 3), (12, 9), (1, 2)):
        labels, predictions = rng.integers(0, classes, n), rng.integers(0, classes + 1, n)
        cases.append({"labels": labels.tolist(), "predictions": predictions.tolist(), "expected": scores_of(labels, predictions)})
    return cases


def logistic():
    """The probe's sets with four classes, and with two (the parity of the label); weights at convergence, predictions at MTEB's setting."""
    cases = []
    for classes, strength in ((4, 1.0), (2, 1.0), (4, 0.01)):
        train_labels, test_labels = TRAIN_LABELS % classes, TEST_LABELS % classes
        exact = LogisticRegression(C=strength, tol=1e-10, max_iter=10000).fit(TRAIN, train_labels)
        usual = LogisticRegression(C=strength, max_iter=100).fit(TRAIN, train_labels)
        predictions = usual.predict(TEST)
        cases.append(
            {
                "classes": classes,
                "inverseStrength": strength,
                "weight": exact.coef_.T.tolist(),
                "bias": exact.intercept_.tolist(),
                "predictions": predictions.tolist(),
                "expected": scores_of(test_labels, predictions),
            }
        )
    return cases


def classification():
    """AbsTaskClassification: shuffle, the first eight of each label, fit, ten times; the accuracies of 30 such means."""
    means = []
    for seed in range(30):
        state, accuracies = np.random.RandomState(seed), []
        for _ in range(10):
            order, taken, rows = state.permutation(len(TRAIN)), {}, []
            for i in order:
                if taken.get(TRAIN_LABELS[i], 0) < 8:
                    taken[TRAIN_LABELS[i]] = taken.get(TRAIN_LABELS[i], 0) + 1
                    rows.append(i)
            fitted = LogisticRegression(max_iter=100).fit(TRAIN[rows], TRAIN_LABELS[rows])
            accuracies.append(accuracy_score(TEST_LABELS, fitted.predict(TEST)))
        means.append(float(np.mean(accuracies)))
    return means


def k_means():
    """Of the probe's training set: from its first rows by Lloyd; the best inertia of 50 starts; v-measures as MTEB's clustering finds them."""
    cases = []
    for count in (2, 4, 11):
        found = KMeans(count, init=TRAIN[:count], n_init=1, tol=0, max_iter=300, algorithm="lloyd").fit(TRAIN)
        best = KMeans(count, n_init=50, random_state=0).fit(TRAIN)
        cases.append(
            {
                "clusters": count,
                "assignments": found.labels_.tolist(),
                "centroids": found.cluster_centers_.tolist(),
                "inertia": float(found.inertia_),
                "best": float(best.inertia_),
            }
        )
    measure = lambda model: float(homogeneity_completeness_v_measure(TRAIN_LABELS, model.fit_predict(TRAIN))[2])
    return {
        "cases": cases,
        "miniBatch": [measure(MiniBatchKMeans(4, batch_size=512, n_init=1, random_state=s)) for s in range(30)],
        "full": [measure(KMeans(4, n_init=1, random_state=s)) for s in range(30)],
    }


def v_measures():
    cases = []
    for n, labels, clusters in ((40, 4, 4), (40, 3, 12), (25, 1, 3), (25, 3, 1), (1, 1, 1), (60, 2, 2)):
        a, b = rng.integers(0, labels, n), rng.integers(0, clusters, n)
        if n == 60:
            a, b = np.arange(60) % 2, np.arange(60) // 2 % 2  # independent: all are 0
        homogeneity, completeness, v = homogeneity_completeness_v_measure(a, b)
        cases.append(
            {
                "labels": a.tolist(),
                "clusters": b.tolist(),
                "expected": {"homogeneity": float(homogeneity), "completeness": float(completeness), "vMeasure": float(v)},
            }
        )
    return cases


def bitext():
    """Noisy translations, of which several share one nearest row."""
    left = rounded(rng.normal(size=(25, 4)))
    right = rounded(left + 0.8 * rng.normal(size=(25, 4)))
    unit = lambda x: x / np.linalg.norm(x, axis=1, keepdims=True)
    similarities = unit(left) @ unit(right).T
    gold = [(i, i) for i in range(25)]
    score = lambda s: AbsTaskBitextMining._compute_metrics(
        SimpleNamespace(), [{"corpus_id": int(j)} for j in s.argmax(1)], gold
    )
    forward, backward = score(similarities), score(similarities.T)
    return {
        "left": left.tolist(),
        "right": right.tolist(),
        "expected": {
            **{name: float(value) for name, value in forward.items()},
            "recallAt1": {"forward": float(forward["accuracy"]), "backward": float(backward["accuracy"])},
        },
    }


def bag_of_words():
    texts = [
        "A man is playing a guitar.",
        "The man plays the guitar, the big guitar!",
        "Two dogs run (2 of 3) in the snow",
        "dogs in snow run run run",
        "...",
        "Café au lait: a man's drink",
        "a cafe; the café",
        "Nothing alike",
    ]
    pairs = [[texts[i], texts[j]] for i, j in ((0, 1), (2, 3), (0, 4), (5, 6), (0, 7), (1, 1))]
    word = r"(?u)[^\W_]+"
    cosine = lambda m: [float(m[[texts.index(a)]].multiply(m[[texts.index(b)]]).sum() / (np.sqrt(m[[texts.index(a)]].multiply(m[[texts.index(a)]]).sum() * m[[texts.index(b)]].multiply(m[[texts.index(b)]]).sum()) or 1)) for a, b in pairs]
    counts = CountVectorizer(token_pattern=word).fit_transform(texts).astype(float)
    weighted = TfidfVectorizer(token_pattern=word, norm=None).fit_transform(texts)
    analyse = CountVectorizer(token_pattern=word).build_analyzer()
    jaccard = [len(set(analyse(a)) & set(analyse(b))) / len(set(analyse(a)) | set(analyse(b))) for a, b in pairs]
    return {"texts": texts, "pairs": pairs, "cosine": cosine(counts), "weighted": cosine(weighted), "jaccard": jaccard}


if __name__ == "__main__":
    similarity = sts()
    made = {
        "correlations": correlations(),
        "sts": similarity,
        "alignmentUniformity": alignment_uniformity(similarity["subsets"][0]),
        "retrieval": retrieval(),
        "pairs": pairs(),
        "classificationScores": classification_scores(),
        "logistic": logistic(),
        "classification": classification(),
        "kMeans": k_means(),
        "vMeasures": v_measures(),
        "bitext": bitext(),
        "bagOfWords": bag_of_words(),
    }
    with open(os.path.join(HERE, "tasks.json"), "w") as f:
        json.dump(made, f, separators=(",", ":"), allow_nan=False)
        f.write("\n")
