/** Where the sets of texts lie inside the folder of data sets. */
export const dataSets = {
  stsb: "sts-en/stsb-en.tsv.gz",
  scifact: "scifact",
  sentences: "sentences-en/sentences-en.tsv.gz",
  wikisplit: "sentences-en/wikisplit.tsv.gz",
  wordnet: "wordnet-glosses/wordnet-glosses.tsv.gz",
  captions: "flickr8k/captions.tsv.gz",
  banking: "intents/banking77.tsv.gz",
  tatoeba: "tatoeba-en-zh/tatoeba-en-zh.tsv.gz",
  tatoebaTest: "tatoeba-en-zh/tatoeba-laser-test-1000.tsv.gz",
} as const;
