import Link from "next/link";
import { ButtonLink } from "../ui/button";
import { Empty, Section } from "../ui/page";
import { ProgressBar } from "./project-list";

export type OverviewView = {
  readonly articles: { readonly open: number; readonly adjudication: number; readonly settled: number };
  readonly reviews: { readonly assigned: number; readonly inProgress: number; readonly submitted: number };
  readonly cases: {
    readonly open: number;
    readonly decided: number;
    readonly stale: number;
    readonly orphaned: number;
  };
  readonly members: number;
  readonly days: readonly { readonly day: string; readonly submitted: number }[];
};

/** How far the project is. Every number leads to what is behind it. */
export function Overview({
  projectId,
  overview,
  mayEdit,
}: {
  projectId: string;
  overview: OverviewView;
  mayEdit: boolean;
}) {
  const { articles, reviews, cases } = overview;
  const total = articles.open + articles.adjudication + articles.settled;
  const at = (path: string) => `/projects/${projectId}/${path}`;
  if (total === 0)
    return (
      <Empty
        title="Bring in the first articles"
        actions={
          mayEdit && (
            <>
              <ButtonLink look="primary" href={at("import")}>
                Import articles
              </ButtonLink>
              <ButtonLink href={at("people")}>Invite people</ButtonLink>
            </>
          )
        }
      >
        Then invite two reviewers and an adjudicator. The queue hands the articles out by itself.
      </Empty>
    );
  const waiting = cases.open + cases.stale + cases.orphaned;
  return (
    <>
      <Section title="Articles" note={`${articles.settled} of ${total} settled`}>
        <ProgressBar parts={[articles.settled, articles.adjudication, articles.open]} />
        <Numbers
          of={[
            [articles.settled, "settled", at("articles?status=settled")],
            [articles.adjudication, "in adjudication", at("articles?status=adjudication")],
            [articles.open, "open", at("articles?status=open")],
          ]}
        />
      </Section>
      <Section title="Reviews">
        <Numbers
          of={[
            [reviews.submitted, "submitted", at("articles")],
            [reviews.inProgress, "in progress", at("articles?status=open")],
            [reviews.assigned, "assigned", at("articles?status=open")],
          ]}
        />
        <BurnUp days={overview.days} />
      </Section>
      <Section
        title="Cases"
        actions={
          waiting > 0 && (
            <ButtonLink look="primary" href={at("adjudication?status=undecided")}>
              Settle cases
            </ButtonLink>
          )
        }
      >
        <Numbers
          of={[
            [cases.open, "open", at("adjudication?status=open")],
            [cases.stale, "stale", at("adjudication?status=stale")],
            [cases.orphaned, "orphaned", at("adjudication?status=orphaned")],
            [cases.decided, "decided", at("adjudication?status=decided")],
          ]}
        />
      </Section>
    </>
  );
}

function Numbers({ of }: { of: readonly (readonly [number, string, string])[] }) {
  return (
    <ul className="mt-4 flex flex-wrap gap-x-12 gap-y-4">
      {of.map(([count, words, href]) => (
        <li key={words}>
          <Link href={href} className="group block">
            <span className="block font-serif text-[32px] leading-9 font-light lining-nums group-hover:underline group-hover:decoration-1 group-hover:underline-offset-4">
              {count}
            </span>
            <span className="text-ink-2">{words}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Reviews submitted in all, by day. The table behind it is for those who cannot see the line. */
function BurnUp({ days }: { days: OverviewView["days"] }) {
  if (days.length < 2) return null;
  let sum = 0;
  const points = days.map(({ day, submitted }) => {
    sum += submitted;
    return { day, sum };
  });
  const x = (at: number) => (at / (points.length - 1)) * 600;
  const y = (value: number) => 78 - (value / Math.max(1, sum)) * 70;
  return (
    <figure className="mt-6 max-w-2xl">
      <svg viewBox="-4 0 640 100" className="w-full" aria-hidden>
        <path d={`M0 78H600`} stroke="var(--rule)" />
        <path
          d={points.map((point, at) => `${at === 0 ? "M" : "L"}${x(at)} ${y(point.sum)}`).join("")}
          fill="none"
          stroke="var(--ink)"
          strokeWidth="1.5"
        />
        <circle cx={600} cy={y(sum)} r="3.5" fill="var(--ink)" />
        <text x="0" y="96" fontSize="12" fill="var(--ink-2)">
          {points[0]?.day}
        </text>
        <text x="600" y="96" fontSize="12" textAnchor="end" fill="var(--ink-2)">
          {points.at(-1)?.day}
        </text>
        <text x="610" y={y(sum) + 4} fontSize="12" fill="var(--ink)">
          {sum}
        </text>
      </svg>
      <figcaption className="text-ink-2">Reviews submitted, by day</figcaption>
      <table className="sr-only">
        <caption>Reviews submitted in all, by day</caption>
        <tbody>
          {points.map((point) => (
            <tr key={point.day}>
              <th scope="row">{point.day}</th>
              <td>{point.sum}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
