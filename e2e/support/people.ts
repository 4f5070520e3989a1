/** Who signs in in the journeys. The administrator is there from the start; others are made by a journey when it needs them. */
export type Person = { readonly name: string; readonly email: string; readonly password: string };

export const ADMIN: Person = {
  name: "ada",
  email: "ada@desk.example",
  password: "seven quiet herons 1961",
};
