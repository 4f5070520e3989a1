import { REGION_ROLES } from "@/lib/regions/roles";
import type { AGREEMENT, UNCERTAIN } from "@/lib/releases/settings";
import { ROLE_NAMES } from "../reader/role-names";
import { Field, Select } from "../ui/field";

export type Choices = {
  readonly labels: readonly { readonly key: string; readonly name: string }[];
  readonly outlets: readonly string[];
  readonly reviewers: readonly { readonly id: string; readonly name: string }[];
  readonly agreement: boolean;
};

/** Conditions as an export's address has them: lists are parted by commas. */
export type Conditions = Readonly<Partial<Record<(typeof LISTS)[number] | (typeof SINGLE)[number], string>>>;

const LISTS = ["label", "region", "reviewer"] as const;
const SINGLE = ["outlet", "from", "to", "agreement", "uncertain"] as const;

const AGREE: readonly { value: "" | (typeof AGREEMENT)[number]; name: string }[] = [
  { value: "", name: "However much" },
  { value: "unanimous", name: "All of them" },
  { value: "majority", name: "Most of them" },
  { value: "disputed", name: "Not all of them" },
];

const DOUBT: readonly { value: "" | (typeof UNCERTAIN)[number]; name: string }[] = [
  { value: "", name: "Or not" },
  { value: "without", name: "Leave out" },
  { value: "only", name: "Only these" },
];

/** Which part of a project: nothing chosen is all of it. Fields of the form around them, which `conditionsOf` reads. */
export function SelectionFields({
  choices: { labels, outlets, reviewers, agreement },
  given = {},
  fault,
}: {
  choices: Choices;
  given?: Conditions;
  /** What is wrong with a condition, by its name. */
  fault: (name: "from" | "to") => string | undefined;
}) {
  const among = (list: string | undefined) => list?.split(",") ?? [];
  const dates = { inputMode: "numeric", autoComplete: "off", maxLength: 10 } as const;
  return (
    <div className="grid max-w-xl gap-4">
      <Boxes
        legend="Labels"
        name="label"
        options={labels.map(({ key, name }) => ({ value: key, name }))}
        chosen={among(given.label)}
      />
      <Boxes
        legend="Parts of the page that a span lies within"
        name="region"
        options={REGION_ROLES.map((role) => ({ value: role, name: ROLE_NAMES[role] }))}
        chosen={among(given.region)}
      />
      <div className="grid items-start gap-3 sm:grid-cols-2">
        {outlets.length > 0 && (
          <Select
            label="Outlet"
            name="outlet"
            defaultValue={given.outlet ?? ""}
            options={[{ value: "", name: "Every outlet" }, ...outlets.map((name) => ({ value: name, name }))]}
          />
        )}
        {reviewers.length > 0 && (
          <Select
            label="Reviewer"
            name="reviewer"
            defaultValue={given.reviewer ?? ""}
            options={[{ value: "", name: "Everyone" }, ...reviewers.map(({ id, name }) => ({ value: id, name }))]}
          />
        )}
        <Field
          label="Published from"
          name="from"
          placeholder="2026-01"
          defaultValue={given.from}
          error={fault("from")}
          {...dates}
        />
        <Field
          label="Published up to"
          name="to"
          placeholder="2026-12-31"
          defaultValue={given.to}
          error={fault("to")}
          {...dates}
        />
        {agreement && (
          <Select
            label="Reviewers agree"
            name="agreement"
            defaultValue={given.agreement ?? ""}
            options={AGREE}
            hint="On the label, and on half of the words at least."
          />
        )}
        <Select label="Marked uncertain" name="uncertain" defaultValue={given.uncertain ?? ""} options={DOUBT} />
      </div>
    </div>
  );
}

function Boxes({
  legend,
  name,
  options,
  chosen,
}: {
  legend: string;
  name: string;
  options: readonly { value: string; name: string }[];
  chosen: readonly string[];
}) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1 max-sm:gap-y-2">
        {options.map((option) => (
          <label key={option.value} className="flex items-center gap-2 max-sm:min-h-8">
            <input
              type="checkbox"
              name={name}
              value={option.value}
              defaultChecked={chosen.includes(option.value)}
              className="size-4 accent-[var(--ink)]"
            />
            {option.name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What a form of SelectionFields asks for; what asks for nothing is not there. */
export function conditionsOf(form: FormData): Conditions {
  const said = (name: string) => form.getAll(name).map((value) => String(value).trim());
  return Object.fromEntries(
    [...LISTS, ...SINGLE].flatMap((name) => {
      const value = said(name)
        .filter((one) => one !== "")
        .join(",");
      return value === "" ? [] : [[name, value] as const];
    }),
  );
}
