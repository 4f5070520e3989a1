/** Which part of a project a command asks for, by the API's own names; lists are parted by commas. */
export const SELECTION_OPTIONS = {
  label: { type: "string" },
  region: { type: "string" },
  outlet: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  reviewer: { type: "string" },
  agreement: { type: "string" },
  uncertain: { type: "string" },
} as const;

export const SELECTION_USAGE =
  "[--label L,…] [--region R,…] [--outlet O] [--from DATE] [--to DATE] [--reviewer ID,…] [--agreement unanimous|majority|disputed] [--uncertain only|without]";

type Name = keyof typeof SELECTION_OPTIONS;

/** What was said of it; what was not is not there. */
export const selectionIn = (values: { readonly [name in Name]?: string | undefined }): Partial<Record<Name, string>> =>
  Object.fromEntries(
    Object.keys(SELECTION_OPTIONS).flatMap((name) => {
      const value = values[name as Name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
