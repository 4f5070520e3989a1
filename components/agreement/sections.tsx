import Link from "next/link";
import type { SectionReport } from "@/lib/agreement/report";
import type { RegionRole } from "@/lib/regions/roles";
import { ROLE_NAMES } from "../reader/role-names";
import { Dots } from "./charts/dots";
import { OverTime, type TimePoint } from "./charts/over-time";
import { ChartPanel } from "./charts/panel";
import { DotTable } from "./dot-table";
import { bounds, type CasesHref, FEW, SECTION_COLUMNS, sectionRow } from "./model";

const MEASURE = "u-alpha, 95 %";
const MOST = 40;

type Given = {
  readonly sections: readonly SectionReport[];
  readonly cases: CasesHref;
  readonly tables: boolean;
};

function Rows({
  title,
  note,
  first,
  file,
  sections,
  tables,
  name,
  href,
}: Omit<Given, "cases"> & {
  title: string;
  note: string;
  first: string;
  file: string;
  name: (key: string | null) => string;
  href: (key: string | null) => string | null;
}) {
  if (sections.length === 0) return null;
  const rows = sections.slice(0, MOST).map((one) => sectionRow(one, { name: name(one.key), href: href(one.key) }));
  const drawn = { rows, columns: SECTION_COLUMNS, measure: MEASURE };
  const more = sections.length - rows.length;
  return (
    <ChartPanel
      title={title}
      note={more > 0 ? `${note} The ${MOST} with most articles; ${more} more are in the CSV.` : note}
      measures={["layered", "interval"]}
      file={file}
      tables={tables}
      chart={<Dots title={title} width={590} {...drawn} />}
      table={<DotTable caption={title} first={first} {...drawn} />}
    />
  );
}

export const Outlets = ({ cases, ...given }: Given) => (
  <Rows
    title="Outlets"
    note="Pooled u-alpha of each outlet’s articles."
    first="Outlet"
    file="agreement-outlets"
    name={(key) => key ?? "No outlet"}
    href={(key) => (cases && key ? cases({ outlet: key }) : null)}
    {...given}
  />
);

export const Regions = ({ cases, ...given }: Given) => (
  <Rows
    title="Regions"
    note="As if only regions of that role counted; a span over two regions counts in each with its part."
    first="Region"
    file="agreement-regions"
    name={(key) => (key ? (ROLE_NAMES[key as RegionRole] ?? key) : "no regions drawn")}
    href={(key) => (cases && key ? cases({ region: key }) : null)}
    {...given}
  />
);

export const Versions = ({ of, cases, ...given }: Given & { of: "guideline" | "scheme" }) => (
  <Rows
    title={of === "guideline" ? "Guideline versions" : "Scheme versions"}
    note="Articles by the version that their reviews were made under; two versions where reviews differ."
    first="Version"
    file={`agreement-${of}`}
    name={(key) => (key ? `Version ${key}` : "Not known")}
    href={(key) => (cases && key ? cases({ [of]: key }) : null)}
    {...given}
  />
);

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

/** By the week or month in which the last review of an article was submitted. */
export function Time({
  sections,
  cases,
  tables,
  by,
  hrefBy,
  changes,
}: Given & {
  by: "week" | "month";
  hrefBy: (by: "week" | "month") => string;
  /** When each version of the guideline began. */
  changes: readonly { readonly version: number; readonly at: string }[];
}) {
  const known = sections.filter((one): one is SectionReport & { key: string } => one.key !== null);
  if (known.length === 0) return null;
  const name = (key: string) => (by === "week" ? DAY : MONTH).format(Date.parse(key));
  const href = (key: string) => (cases ? cases({ [by]: key }) : null);
  const points = known.map(
    (one): TimePoint => ({
      name: name(one.key),
      href: href(one.key),
      at: Date.parse(one.key),
      value: one.layered.pooled.value,
      ...bounds(one.layered.interval),
      articles: one.articles,
    }),
  );
  const title = "Over time";
  const rows = known.map((one) => sectionRow(one, { name: name(one.key), href: href(one.key) }));
  const marks = changes
    .filter(({ version }) => version > 1)
    .map(({ version, at }) => ({ at: Date.parse(at), name: `guideline ${version}` }));
  return (
    <ChartPanel
      title={title}
      note={`Pooled u-alpha of the articles whose last review was submitted in that ${by}; hollow below ${FEW} articles.`}
      measures={["layered", "interval"]}
      file={`agreement-by-${by}`}
      tables={tables}
      actions={
        <span className="flex gap-2 print:hidden">
          {(["week", "month"] as const).map((one) => (
            <Link
              key={one}
              href={hrefBy(one)}
              scroll={false}
              aria-current={one === by ? "true" : undefined}
              className={one === by ? "font-medium" : "link text-ink-2"}
            >
              {one}s
            </Link>
          ))}
        </span>
      }
      chart={<OverTime title={title} points={points} marks={marks} />}
      table={
        <DotTable
          caption={title}
          first={by === "week" ? "Week of" : "Month"}
          rows={rows}
          columns={SECTION_COLUMNS}
          measure={MEASURE}
        />
      }
    />
  );
}
