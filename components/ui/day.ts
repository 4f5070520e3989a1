/**
 * A date as an article carries it: "12 March 2024" of "2024-03-12T13:05:00+01:00", in the article's own zone; what is only a year or a
 * month, or none of these, as it is.
 */
export function dayOf(date: string): string {
  const [day] = /^\d{4}-\d{2}-\d{2}/.exec(date) ?? [];
  const time = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time)) return date;
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(time);
}
