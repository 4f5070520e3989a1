/** What whoever runs Gloss switches on, by variables of the environment; off when not said. */
type Variables = Readonly<Record<string, string | undefined>>;

export const isOn = (name: string, variables: Variables = process.env): boolean =>
  ["1", "true", "yes"].includes((variables[name] ?? "").trim().toLowerCase());

/** `10.0.0.5:8080, [::1]:4000`: addresses that are not on the public internet and may be reached all the same. */
export const addressesOf = (name: string): readonly string[] =>
  (process.env[name] ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
