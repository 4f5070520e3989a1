/** A long quote by its beginning and its end. */
export const shorten = (words: string): string => {
  const list = words.split(/\s+/u);
  return list.length <= 9 ? words : `${list.slice(0, 4).join(" ")} … ${list.slice(-3).join(" ")}`;
};
