import type { Competence } from "@/lib/agreement/competence";
import { type DotRow, Dots } from "./charts/dots";
import { ChartPanel } from "./charts/panel";
import { DotTable } from "./dot-table";
import { KeepCompetence } from "./keep-competence";
import { count, SECTION_COLUMNS, sectionRow } from "./model";
import type { Shown } from "./overview";

/** How each reviewer agrees with all others; one's own row where one may see no more. */
export function Reviewers({
  shown: { report, people, cases, tables },
  projectId,
}: {
  shown: Shown;
  /** Where ties may be broken by competence; null: by somebody else. */
  projectId: string | null;
}) {
  const sections = report.by.reviewer ?? [];
  const href = (reviewer: string) => {
    const id = people.id(reviewer);
    return cases && id ? cases({ reviewer: id, reveal: "true" }) : null;
  };
  const rows = sections.map((one): DotRow => {
    const key = one.key ?? "";
    return sectionRow(one, { name: people.name(key), href: href(key) });
  });
  const drawn = { rows, columns: SECTION_COLUMNS, measure: "u-alpha, 95 %" };
  const { reviewers, cases: fitted, replicates, seed } = report.competence;
  return (
    <>
      <section className="py-6">
        <ChartPanel
          title="Each reviewer against the others"
          note="How far one’s marks agree with everybody else’s of the same articles. It says nothing of who is right."
          measures={["reviewer", "interval"]}
          file="agreement-reviewers"
          tables={tables}
          chart={<Dots title="Each reviewer against the others" width={860} {...drawn} />}
          table={<DotTable caption="Each reviewer against the others" first="Reviewer" {...drawn} />}
        />
      </section>
      {reviewers && (
        <section className="border-t border-rule py-6">
          <CompetenceChart
            competences={Object.entries(reviewers)}
            note={`Fitted to ${count(fitted)} cases; interval from ${count(replicates)} replicates, seed ${seed}.`}
            shown={{ people, tables, href }}
          />
          {projectId && <KeepCompetence projectId={projectId} />}
        </section>
      )}
    </>
  );
}

function CompetenceChart({
  competences,
  note,
  shown: { people, tables, href },
}: {
  competences: readonly (readonly [string, Competence])[];
  note: string;
  shown: Pick<Shown, "people" | "tables"> & { readonly href: (reviewer: string) => string | null };
}) {
  const rows = competences
    .toSorted(([, a], [, b]) => b.value - a.value)
    .map(
      ([reviewer, { value, low, high, cases }]): DotRow => ({
        id: reviewer,
        name: people.name(reviewer),
        href: href(reviewer),
        colour: "ink",
        line: null,
        ...{ value, low, high, reason: null },
        columns: [count(cases)],
      }),
    );
  const drawn = { rows, columns: ["cases"], measure: "competence, 95 %" };
  return (
    <ChartPanel
      title="Competence"
      note={
        <>
          How often a reviewer is right about what a case is, as a model estimates it from everybody’s answers. An aid:
          it breaks ties and orders the queue, and never overrides a majority. {note}
        </>
      }
      measures={["competence"]}
      file="competence"
      tables={tables}
      chart={<Dots title="Competence" width={860} {...drawn} />}
      table={<DotTable caption="Competence" first="Reviewer" {...drawn} />}
    />
  );
}
