import Link from "next/link";
import { Badge } from "../ui/page";

export type ProjectRow = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly roles: readonly string[];
  /** Of live articles, as far as the reader may count them; null where they may not. */
  readonly articles: { readonly open: number; readonly adjudication: number; readonly settled: number } | null;
};

const ROLE_WORDS: Readonly<Record<string, string>> = {
  EDITOR: "editor",
  ADJUDICATOR: "adjudicator",
  REVIEWER: "reviewer",
  VIEWER: "viewer",
};

/** Every project of the reader's on one page, with how far it is. */
export function ProjectList({ projects }: { projects: readonly ProjectRow[] }) {
  return (
    <ul className="divide-y divide-rule">
      {projects.map((project) => {
        const total = project.articles
          ? project.articles.open + project.articles.adjudication + project.articles.settled
          : 0;
        return (
          <li key={project.id} className="grid gap-x-8 gap-y-2 py-5 sm:grid-cols-[minmax(0,1fr)_280px]">
            <div className="min-w-0">
              <h2 className="font-serif text-[19px] leading-7 font-medium">
                <Link
                  href={`/projects/${project.id}`}
                  className="hover:underline hover:decoration-1 hover:underline-offset-4"
                >
                  {project.name}
                </Link>
              </h2>
              {project.description && <p className="mt-0.5 max-w-[70ch] text-ink-2">{project.description}</p>}
              <p className="mt-2 flex flex-wrap gap-1.5">
                {project.roles.map((role) => (
                  <Badge key={role}>{ROLE_WORDS[role] ?? role.toLowerCase()}</Badge>
                ))}
              </p>
            </div>
            {project.articles && (
              <div className="self-center">
                <ProgressBar parts={[project.articles.settled, project.articles.adjudication, project.articles.open]} />
                <p className="mt-1.5 text-ink-2">
                  {total === 0
                    ? "no articles yet"
                    : `${project.articles.settled} of ${total} settled, ${project.articles.adjudication} in adjudication`}
                </p>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Settled, in adjudication, open: dark, middle, light; the words beside it say the same. */
export function ProgressBar({ parts }: { parts: readonly [number, number, number] }) {
  const total = Math.max(1, parts[0] + parts[1] + parts[2]);
  const [settled, adjudication] = [(parts[0] / total) * 100, (parts[1] / total) * 100];
  return (
    <svg viewBox="0 0 100 2" preserveAspectRatio="none" className="h-1.5 w-full" aria-hidden>
      <rect width="100" height="2" fill="var(--rule)" />
      <rect width={settled + adjudication} height="2" fill="var(--ink-3)" />
      <rect width={settled} height="2" fill="var(--ink)" />
    </svg>
  );
}
