/** Who is named in a text by "@" and their whole name. Pure: the screen marks them as the server finds them. */
export type Named = { readonly id: string; readonly name: string };

/** Longer names first, so that "@Ann Lee" is not Ann; a name ends where no letter or digit follows. The order is that of the people. */
export function mentionsIn(text: string, people: readonly Named[]): readonly Named[] {
  const folded = text.toLowerCase();
  const taken: { readonly at: number; readonly end: number; readonly who: Named }[] = [];
  for (const who of people.toSorted((a, b) => b.name.length - a.name.length)) {
    const wanted = `@${who.name.toLowerCase()}`;
    for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, at + 1)) {
      const end = at + wanted.length;
      if (/[\p{L}\p{N}]/u.test(folded.slice(end, end + 2).slice(0, 1))) continue;
      if (/[\p{L}\p{N}]$/u.test(folded.slice(0, at))) continue; // an e-mail address
      if (taken.some((one) => at < one.end && one.at < end && one.who.name.length > who.name.length)) continue;
      taken.push({ at, end, who });
    }
  }
  const named = new Set(taken.map(({ who }) => who.id));
  return people.filter(({ id }) => named.has(id));
}
