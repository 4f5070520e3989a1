import type { Metadata } from "next";
import Link from "next/link";
import { Advanced } from "@/components/agreement/advanced";
import { Computing } from "@/components/agreement/computing";
import type { CasesHref, People } from "@/components/agreement/model";
import { OutletFilter } from "@/components/agreement/outlet-filter";
import { Overview, type Shown } from "@/components/agreement/overview";
import { Reviewers } from "@/components/agreement/reviewers";
import { Outlets, Regions, Time, Versions } from "@/components/agreement/sections";
import { SuggestedSpans } from "@/components/agreement/suggested-spans";
import { Empty, Page, PageHead } from "@/components/ui/page";
import { Ago } from "@/components/ui/time";
import type { Breakdown } from "@/lib/agreement/by";
import { type AgreementAnswer, agreementSoon } from "@/lib/server/agreement";
import { agreementSchema } from "@/lib/server/agreement.schema";
import { projectRights } from "@/lib/server/overview";
import { orNotFound, pageActor } from "@/lib/server/page";
import { listVersions } from "@/lib/server/schemes";

export const metadata: Metadata = { title: "Agreement" };

type Asked = {
  readonly params: Promise<{ project: string }>;
  readonly searchParams: Promise<Record<string, string | string[]>>;
};

const TABS = { overview: "Overview", parts: "Where and when", reviewers: "Reviewers", advanced: "Advanced" } as const;
type Tab = keyof typeof TABS;

/** How long the page itself waits for the figures, before it shows how far they are. */
const PATIENCE_MS = 1_500;

const byOf = (tab: Tab, time: "week" | "month"): readonly Breakdown[] =>
  ({
    overview: ["outlet", time],
    parts: ["outlet", time, "region", "guideline", "scheme"],
    reviewers: ["reviewer"],
    advanced: [],
  })[tab] as readonly Breakdown[];

export default async function AgreementPage({ params, searchParams }: Asked) {
  const actor = await pageActor();
  const { project } = await params;
  const rights = orNotFound(await projectRights(actor, project));
  const given = Object.fromEntries(Object.entries(await searchParams).map(([key, value]) => [key, String(value)]));
  const tab: Tab = given.tab && given.tab in TABS ? (given.tab as Tab) : "overview";
  const time = given.time === "month" ? "month" : "week";
  const here = `/projects/${project}/agreement`;
  const hrefWith = (part: Record<string, string | null>): string => {
    const next = new URLSearchParams(given);
    for (const [key, value] of Object.entries(part)) value === null ? next.delete(key) : next.set(key, value);
    return next.size > 0 ? `${here}?${next}` : here;
  };
  const accepted = given.accepted !== "false";
  const asked = {
    ...(given.outlet ? { outlet: given.outlet } : {}),
    ...(given.seed ? { seed: given.seed } : {}),
    ...(given.replicates ? { replicates: given.replicates } : {}),
    ...(accepted ? {} : { accepted: "false" }),
    ...(given.suggestions === "true" ? { suggestions: "true" } : {}),
    by: byOf(tab, time).join(","),
  };
  const known = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ""));
  const parsed = agreementSchema.safeParse(known);
  const query = parsed.success ? parsed.data : agreementSchema.parse({});
  const found = orNotFound(await agreementSoon(actor, project, query, PATIENCE_MS));
  const words = new URLSearchParams(known).toString();
  return (
    <Page>
      <PageHead
        title="Agreement"
        note={"view" in found && found.view === "own" ? "Your own figures, from articles that are settled." : undefined}
      >
        {"report" in found && found.report.articles > 0 && (
          <>
            <p className="mr-2 text-ink-2">
              Computed <Ago at={found.computedAt} />
            </p>
            <nav aria-label="Charts or tables" className="flex gap-3 print:hidden">
              {(["charts", "tables"] as const).map((view) => (
                <Link
                  key={view}
                  className={(given.view === "tables") === (view === "tables") ? "font-medium" : "link text-ink-2"}
                  aria-current={(given.view === "tables") === (view === "tables") ? "true" : undefined}
                  href={hrefWith({ view: view === "tables" ? "tables" : null })}
                  scroll={false}
                >
                  {view === "charts" ? "Charts" : "Tables"}
                </Link>
              ))}
            </nav>
            <a
              className="inline-flex h-8 items-center rounded-md border border-ink-3 bg-surface px-3 hover:bg-hover max-sm:h-10 print:hidden"
              href={`/api/v1/projects/${project}/agreement/csv?${words}`}
              download
            >
              Save as CSV
            </a>
          </>
        )}
      </PageHead>
      {"progress" in found ? (
        <Computing projectId={project} query={words} initial={found.progress} />
      ) : found.report.articles === 0 && !given.outlet ? (
        <Empty title="Nothing to compare yet">
          {found.report.articlesLeftOut > 0
            ? `${found.report.articlesLeftOut === 1 ? "One article has" : `${found.report.articlesLeftOut} articles have`} a single submitted review. `
            : ""}
          Agreement needs an article with two submitted reviews. A review submitted with no span counts; one not
          submitted does not.
        </Empty>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-b border-rule py-2 print:hidden">
            <nav aria-label="Measures" className="flex flex-wrap gap-x-5">
              {(Object.keys(TABS) as Tab[]).map((one) => (
                <Link
                  key={one}
                  href={hrefWith({ tab: one === "overview" ? null : one })}
                  aria-current={one === tab ? "page" : undefined}
                  className={
                    one === tab
                      ? "flex h-8 items-center border-b-2 border-ink font-medium"
                      : "flex h-8 items-center border-b-2 border-transparent text-ink-2 hover:text-ink"
                  }
                >
                  {TABS[one]}
                </Link>
              ))}
            </nav>
            {(found.report.by.outlet?.length ?? 0) + (given.outlet ? 1 : 0) > 1 || given.outlet ? (
              <OutletFilter
                outlet={given.outlet ?? null}
                outlets={(found.report.by.outlet ?? []).flatMap(({ key }) => key ?? [])}
              />
            ) : null}
          </div>
          <SuggestedSpans
            {...found.report.suggestions}
            href={hrefWith({ suggestions: found.report.suggestions.counted ? null : "true" })}
          />
          <Body
            found={found}
            tab={tab}
            time={time}
            accepted={accepted}
            tables={given.view === "tables"}
            changes={tab === "overview" || tab === "parts" ? await changesOf(actor, project) : []}
            cases={rights.list ? (part) => casesHref(project, part, given.outlet) : null}
            hrefWith={hrefWith}
            edits={rights.edit ? project : null}
          />
        </>
      )}
    </Page>
  );
}

function casesHref(project: string, part: Readonly<Record<string, string>>, outlet: string | undefined): string {
  const query = new URLSearchParams({ ...(outlet ? { outlet } : {}), ...part });
  return `/projects/${project}/adjudication${query.size > 0 ? `?${query}` : ""}`;
}

async function changesOf(actor: Awaited<ReturnType<typeof pageActor>>, project: string) {
  const versions = await listVersions(actor, project, "guideline", { limit: 100 });
  return versions.ok ? versions.value.items.map(({ version, createdAt }) => ({ version, at: createdAt })) : [];
}

function Body({
  found,
  tab,
  time,
  accepted,
  tables,
  changes,
  cases,
  hrefWith,
  edits,
}: {
  found: AgreementAnswer;
  tab: Tab;
  time: "week" | "month";
  accepted: boolean;
  tables: boolean;
  changes: readonly { readonly version: number; readonly at: string }[];
  cases: CasesHref;
  hrefWith: (part: Record<string, string | null>) => string;
  /** The project, for whoever may change what it goes by. */
  edits: string | null;
}) {
  const { report, scheme, names, ids } = found;
  const people: People = { name: (key) => names[key] ?? key, id: (key) => ids[key] ?? null };
  const shown: Shown = { report, scheme, people, cases, tables };
  const { by } = report;
  const overTime = (
    <Time
      sections={by[time] ?? []}
      cases={cases}
      tables={tables}
      by={time}
      changes={changes}
      hrefBy={(one) => hrefWith({ time: one === "week" ? null : one })}
    />
  );
  if (tab === "advanced")
    return (
      <Advanced shown={shown} accepted={accepted} hrefWith={(all) => hrefWith({ accepted: all ? null : "false" })} />
    );
  if (tab === "reviewers") return <Reviewers shown={shown} projectId={edits} />;
  if (tab === "parts")
    return (
      <div className="grid gap-x-12 gap-y-8 py-6 xl:grid-cols-2">
        <Outlets sections={by.outlet ?? []} cases={cases} tables={tables} />
        <Regions sections={by.region ?? []} cases={cases} tables={tables} />
        <div className="min-w-0 xl:col-span-2">{overTime}</div>
        <Versions of="guideline" sections={by.guideline ?? []} cases={cases} tables={tables} />
        <Versions of="scheme" sections={by.scheme ?? []} cases={cases} tables={tables} />
      </div>
    );
  return (
    <>
      <Overview {...shown} />
      <section className="grid gap-x-12 gap-y-8 border-t border-rule py-6 xl:grid-cols-2">
        <Outlets sections={by.outlet ?? []} cases={cases} tables={tables} />
        <div className="max-w-[62ch] text-ink-2">
          <h2 className="mb-2 font-medium text-ink">How this is counted</h2>
          <p>
            Each label is a layer of its own, compared character by character over the text in scope. A review submitted
            with no span counts; one not submitted is missing. Only what was submitted before anything of the others’
            could be seen counts. The weight for missing reviewers, the layers and the pooling are Gloss’s own. .667 and
            .80 are lines of reference, not verdicts. Articles are drawn again, not spans.
          </p>
        </div>
        <div className="min-w-0 xl:col-span-2">{overTime}</div>
      </section>
    </>
  );
}
