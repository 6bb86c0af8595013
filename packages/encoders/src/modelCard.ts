/** The `README.md` of a model folder: what hubs read of it, and how the model is used in both languages. */
export function modelCard(what: string, dimensions: number): string {
  return `---
tags:
- sentence-transformers
- sentence-similarity
- feature-extraction
pipeline_tag: sentence-similarity
library_name: sentence-transformers
---

# Sentence embedding

${what}, trained with nearfar: a text becomes a vector of ${dimensions} dimensions. Compare vectors by their cosine.

\`\`\`python
from sentence_transformers import SentenceTransformer

model = SentenceTransformer("this-folder")
print(model.similarity(model.encode(["A first sentence."]), model.encode(["A second one."])))
\`\`\`

\`\`\`ts
import { openModel } from "@nearfar/encoders";

const model = await openModel("this-folder");
console.log(await model.encode(["A first sentence."]));
\`\`\`
`;
}
