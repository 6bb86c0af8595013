/** The rows of the texts of each picture; row i is of picture i where no owner is told. RangeError for a picture without one. */
export function captionOwners(
  name: string,
  images: number,
  { texts, owner }: { texts: number; owner?: Int32Array | undefined },
): { owner: Int32Array; captions: readonly (readonly number[])[] } {
  if (owner === undefined && images !== texts)
    throw new RangeError(
      `${name}: row i of both sides is one pair unless \`owner\` says whose each text is; got ${images} images and ${texts} texts.`,
    );
  const of = owner ?? Int32Array.from({ length: texts }, (_, i) => i);
  if (of.length !== texts)
    throw new RangeError(`${name}: \`owner\` names a picture for each text; got ${of.length} for ${texts} texts.`);
  const captions = Array.from({ length: images }, (): number[] => []);
  of.forEach((image, text) => {
    if (captions[image] === undefined)
      throw new RangeError(`${name}: text ${text} is of a picture from 0 to ${images - 1}; got ${image}.`);
    captions[image].push(text);
  });
  const without = captions.findIndex((rows) => rows.length === 0);
  if (without !== -1)
    throw new RangeError(`${name}: every picture has a text; picture ${without} has none. Leave it out.`);
  return { owner: of, captions };
}
