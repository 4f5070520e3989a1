import type { Metadata } from "next";
import Link from "next/link";
import { ROUTES } from "@/app/api/v1/routes";
import { TopBar } from "@/components/shell/top-bar";
import { Page, PageHead, Section } from "@/components/ui/page";
import { describeApi } from "@/lib/server/openapi";
import { pageActorOrNull } from "@/lib/server/page";
import { baseUrl } from "@/lib/server/secret";
import { OperationEntry, type OperationView, operationsByTag } from "./operation";

export const metadata: Metadata = { title: "API" };

/** The API for people: the same document as /api/v1/openapi.json, set to be read. */
export default async function ApiPage() {
  const actor = await pageActorOrNull();
  const groups = operationsByTag(describeApi(ROUTES).paths);
  return (
    <>
      {actor && <TopBar entries={[{ href: "/", name: "Projects" }]} user={actor} />}
      <Page>
        <PageHead
          title="The API"
          note={
            <>
              JSON over HTTP below <code>/api/v1</code>, described for programs in{" "}
              <a className="link" href="/api/v1/openapi.json">
                openapi.json
              </a>{" "}
              (OpenAPI 3.1).
            </>
          }
        />
        <div className="gap-12 lg:grid lg:grid-cols-[220px_minmax(0,1fr)]">
          <Contents groups={groups} />
          <div className="min-w-0">
            <Basics />
            {groups.map(([tag, operations]) => (
              <Section key={tag} title={tag}>
                <div className="grid grid-cols-1 gap-8">
                  {operations.map((one) => (
                    <OperationEntry key={one.id} operation={one} />
                  ))}
                </div>
              </Section>
            ))}
          </div>
        </div>
      </Page>
    </>
  );
}

function Contents({ groups }: { groups: readonly (readonly [string, readonly OperationView[]])[] }) {
  return (
    <nav
      aria-label="Routes"
      className="py-6 text-xs [&_a]:min-h-6 [&_a]:items-center [&_summary]:min-h-6 [&_summary]:py-1 lg:sticky lg:top-12 lg:max-h-[calc(100dvh-48px)] lg:self-start lg:overflow-y-auto"
    >
      {groups.map(([tag, operations]) => (
        <details key={tag} open className="mb-4">
          <summary className="mb-1 cursor-pointer font-medium">{tag}</summary>
          <ul className="grid gap-1">
            {operations.map((one) => (
              <li key={one.id}>
                <a href={`#${one.id}`} className="flex gap-2 text-ink-2 hover:text-ink">
                  <span className="w-12 shrink-0">{one.method}</span>
                  <span className="min-w-0 break-words">{one.path.replace(`/${tag}`, "") || "/"}</span>
                </a>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </nav>
  );
}

const EXAMPLE = (url: string) => `curl -H "Authorization: Bearer $TOKEN" ${url}/api/v1/projects

curl -X POST ${url}/api/v1/projects/$PROJECT/articles \\
  -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
  -d '{"title": "A title", "text": "The text, as it is."}'`;

function Basics() {
  return (
    <Section title="Before you begin">
      <div className="grid max-w-[72ch] gap-3">
        <p>
          Send a personal token, made under{" "}
          <Link className="link" href="/account">
            your account
          </Link>{" "}
          or with the command <code>token create</code>. A token can be read-only, bound to one project, and set to end.
          It is taken from the Authorization header only, never from an address.
        </p>
        <pre className="overflow-x-auto rounded-md border border-rule bg-surface p-3 text-xs">{EXAMPLE(baseUrl())}</pre>
        <p>
          <b className="font-medium">Offsets</b> are Unicode code points of the text as it is stored, half-open: what
          Python slices with <code>text[start:end]</code>.
        </p>
        <p>
          <b className="font-medium">Ids</b> are UUIDs, and you may choose the id of what you create. Sending the same
          creation again answers as the first time; the same id with other content is refused with 409.
        </p>
        <p>
          <b className="font-medium">Lists</b> answer <code>items</code> and <code>nextCursor</code>; pass it on as{" "}
          <code>cursor</code> until it is null. <code>limit</code> is at most 200.
        </p>
        <p>
          <b className="font-medium">Versions</b> of schemes and guidelines are ETags: a PUT names in If-Match the one
          that it replaces.
        </p>
        <p>
          <b className="font-medium">Refusals</b> are <code>application/problem+json</code> with <code>errors</code>,
          each with the path of what is wrong, a code and words. What you may not know of is 404, what you may not do is
          403; 423 says that a review is submitted, 429 and 503 say in Retry-After when to try again.
        </p>
        <p>
          <b className="font-medium">A typed client</b> for TypeScript, one file without packages, is at{" "}
          <a className="link" href="/api/v1/client.ts">
            /api/v1/client.ts
          </a>
          , made from this description.
        </p>
      </div>
    </Section>
  );
}
