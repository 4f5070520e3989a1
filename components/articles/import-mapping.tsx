"use client";

/** Under a file that is about to be imported: what it was found to be, ten of its spans, and what its labels and annotators are here. */
import { Select } from "../ui/field";
import { type Choices, chosenLabel, type ImportPreview, LEFT_OUT, NEW } from "./import-preview";

type Named = { readonly value: string; readonly name: string };

export function ImportMapping({
  file,
  preview,
  choices,
  labels,
  members,
  suggesting,
  onChange,
}: {
  file: string;
  preview: ImportPreview;
  choices: Choices;
  /** The project's. */
  labels: readonly Named[];
  members: readonly Named[];
  /** Marks become suggestions, by whatever name they have in the file. */
  suggesting: boolean;
  onChange: (choices: Choices) => void;
}) {
  const found = preview.candidates.find((one) => one.format === preview.format);
  const { reviewers, suggestions } = preview;
  const suggested = suggestions.reduce((sum, one) => sum + one.spans, 0);
  const mapped = !preview.native && (preview.labels.length > 0 || reviewers.length > 0);
  const here = (name: string, member: string | null) => {
    const named = { value: NEW, name: suggesting || member === null ? "By this name" : "An imported reviewer" };
    return (
      <Select
        label={`${name} is here`}
        hideLabel
        options={[named, ...(member === null ? [] : members), { value: LEFT_OUT, name: "Leave out" }]}
        value={choices.reviewers[name] ?? (member || NEW)}
        onChange={(event) => onChange({ ...choices, reviewers: { ...choices.reviewers, [name]: event.target.value } })}
      />
    );
  };
  return (
    <section aria-label={`What is in ${file}`} className="grid gap-4 border-l border-rule pl-4 text-ink-2">
      <p>
        {found ? `Read as ${found.name}: ${found.reason}. ` : ""}
        {preview.whole ? "" : "The first "}
        {preview.articles} {preview.articles === 1 ? "article" : "articles"}
        {preview.gold > 0 && `, ${preview.gold} with gold`}
        {suggestions.length > 0 &&
          `, ${suggested === 1 ? "1 suggestion" : `${suggested} suggestions`} by ${suggestions.map((one) => one.by).join(", ")}`}
        .{preview.notes.map((note) => ` ${note}`)}
      </p>
      {mapped && preview.labels.length > 0 && (
        <Table
          caption="Labels"
          head={["Theirs", "Spans", "Here"]}
          rows={preview.labels.map((one) => ({
            key: one.label,
            cells: [one.label, String(one.count)],
            choice: (
              <Select
                label={`${one.label} is here`}
                hideLabel
                options={[...labels, { value: NEW, name: "A new label" }, { value: LEFT_OUT, name: "Leave out" }]}
                value={chosenLabel(choices, one)}
                onChange={(event) =>
                  onChange({ ...choices, labels: { ...choices.labels, [one.label]: event.target.value } })
                }
              />
            ),
          }))}
        />
      )}
      {mapped && reviewers.length > 0 && (
        <Table
          caption="Annotators"
          head={["Theirs", "Articles", "Here"]}
          rows={reviewers.map((one) => ({
            key: one.reviewer,
            cells: [one.reviewer, String(one.articles)],
            choice: here(one.reviewer, suggesting ? null : (one.member ?? "")),
          }))}
        />
      )}
      {mapped && suggestions.length > 0 && (
        <Table
          caption="Suggested by"
          head={["Theirs", "Spans", "Here"]}
          rows={suggestions.map((one) => ({
            key: one.by,
            cells: [one.by, String(one.spans)],
            choice: here(one.by, null),
          }))}
        />
      )}
      {preview.spans.length > 0 && (
        <div className="grid gap-1">
          <h3 className="font-medium text-ink">
            {preview.spans.length === 1 ? "A span" : `${preview.spans.length} spans`} in context
          </h3>
          <ol className="grid gap-2">
            {preview.spans.map((span, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a preview does not change
              <li key={place} className="border-t border-rule pt-2">
                <span className="font-medium text-ink">{span.label}</span>
                {span.reviewer !== null && <span>, {span.reviewer}</span>}
                <p dir="auto" className="break-words">
                  {span.before}
                  <mark className="bg-hover font-medium text-ink">{span.quote}</mark>
                  {span.after}
                </p>
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}

type Row = { readonly key: string; readonly cells: readonly string[]; readonly choice: React.ReactNode };

function Table({ caption, head, rows }: { caption: string; head: readonly string[]; rows: readonly Row[] }) {
  return (
    <table className="w-full table-fixed text-left">
      <caption className="pb-1 text-left font-medium text-ink">{caption}</caption>
      <thead className="sr-only">
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells, choice }) => (
          <tr key={key} className="border-t border-rule">
            {cells.map((cell, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
              <td key={place} className={place === 0 ? "w-2/5 truncate py-1 pr-2 text-ink" : "w-1/6 py-1"}>
                <bdi>{cell}</bdi>
              </td>
            ))}
            <td className="py-1">{choice}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
