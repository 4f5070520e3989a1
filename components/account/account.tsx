"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { CopyField } from "../ui/copy";
import { Checkbox, Field, Select } from "../ui/field";
import { Badge, Notice, Section } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";

export type SessionRow = {
  readonly id: string;
  readonly userAgent: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly current: boolean;
};
export type TokenRow = {
  readonly id: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly projectId: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
};

export function Account({
  me,
  sessions,
  tokens,
  projects,
}: {
  me: { name: string; email: string };
  sessions: readonly SessionRow[];
  tokens: readonly TokenRow[];
  projects: readonly { id: string; name: string }[];
}) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const fault = (path: string) => problem?.errors.find((error) => error.path === path)?.message;

  async function act(run: Promise<{ ok: boolean } | Problem>, words: string) {
    const answer = await run;
    setProblem(answer.ok ? null : (answer as Problem));
    setSaid(answer.ok ? words : null);
    router.refresh();
    return answer.ok;
  }

  return (
    <>
      <div className="mt-4 grid gap-2">
        {problem && <Notice tone="fault">{problem.detail}</Notice>}
        {said && <Notice>{said}</Notice>}
      </div>
      <Section title="Who you are" note={me.email}>
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            void act(
              api("PATCH", "/me", { name: String(new FormData(event.currentTarget).get("name")) }),
              "Your name is changed.",
            );
          }}
        >
          <div className="w-72">
            <Field label="Name" name="name" defaultValue={me.name} required error={fault("name")} />
          </div>
          <Button type="submit">Save the name</Button>
        </form>
      </Section>
      <Section title="Password" note="A new password signs you out everywhere else.">
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={async (event) => {
            event.preventDefault();
            const form = event.currentTarget;
            const data = new FormData(form);
            const done = await act(
              api("PATCH", "/me", {
                currentPassword: String(data.get("currentPassword")),
                password: String(data.get("password")),
              }),
              "Your password is changed. Other sessions have ended.",
            );
            if (done) form.reset();
          }}
        >
          <div className="w-64">
            <Field
              label="Current password"
              name="currentPassword"
              type="password"
              autoComplete="current-password"
              required
              error={fault("currentPassword")}
            />
          </div>
          <div className="w-64">
            <Field
              label="New password"
              name="password"
              type="password"
              autoComplete="new-password"
              required
              minLength={10}
              error={fault("password")}
            />
          </div>
          <Button type="submit">Change the password</Button>
        </form>
      </Section>
      <Section
        title="Sessions"
        actions={
          <Button
            onClick={() =>
              void act(api("DELETE", "/me/sessions"), "Signed out everywhere.").then(() =>
                window.location.assign("/sign-in"),
              )
            }
          >
            Sign out everywhere
          </Button>
        }
      >
        <Table caption="Where you are signed in">
          <thead>
            <tr>
              <Th>Browser</Th>
              <Th>Since</Th>
              <Th>Last seen</Th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.id}>
                <Td className="max-w-96 truncate">
                  {session.userAgent || "unknown"} {session.current && <Badge strong>this one</Badge>}
                </Td>
                <Td className="text-ink-2">
                  <Ago at={session.createdAt} />
                </Td>
                <Td className="text-ink-2">
                  <Ago at={session.lastSeenAt} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Section>
      <Section title="API tokens" note="For scripts. A token is shown once; only its hash is kept.">
        {tokens.length > 0 && (
          <Table caption="Your API tokens">
            <thead>
              <tr>
                <Th>Name</Th>
                <Th>May</Th>
                <Th>Made</Th>
                <Th>Last used</Th>
                <Th>
                  <span className="sr-only">Revoke</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {tokens.map((token) => (
                <tr key={token.id}>
                  <Td className="font-medium">{token.name}</Td>
                  <Td className="text-ink-2">
                    {token.readOnly ? "read" : "read and write"}
                    {token.projectId &&
                      `, in ${projects.find((project) => project.id === token.projectId)?.name ?? "one project"} only`}
                  </Td>
                  <Td className="text-ink-2">
                    <Ago at={token.createdAt} />
                  </Td>
                  <Td className="text-ink-2">{token.lastUsedAt ? <Ago at={token.lastUsedAt} /> : "never"}</Td>
                  <Td className="text-right">
                    <Button
                      look="quiet"
                      onClick={() =>
                        void act(api("DELETE", `/me/tokens/${token.id}`), `The token ${token.name} is revoked.`)
                      }
                    >
                      Revoke
                    </Button>
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
        <form
          className="mt-4 flex flex-wrap items-end gap-3"
          onSubmit={async (event) => {
            event.preventDefault();
            const form = event.currentTarget;
            const data = new FormData(form);
            const answer = await api<{ secret: string }>("POST", "/me/tokens", {
              name: String(data.get("name")),
              readOnly: data.get("readOnly") === "on",
              ...(data.get("projectId") ? { projectId: String(data.get("projectId")) } : {}),
            });
            setProblem(answer.ok ? null : answer);
            setSecret(answer.ok ? answer.value.secret : null);
            if (answer.ok) form.reset();
            router.refresh();
          }}
        >
          <div className="w-56">
            <Field label="Name of the token" name="name" required />
          </div>
          <div className="w-56">
            <Select
              label="Where"
              name="projectId"
              options={[
                { value: "", name: "All my projects" },
                ...projects.map((project) => ({ value: project.id, name: project.name })),
              ]}
            />
          </div>
          <Checkbox label="Read only" name="readOnly" defaultChecked className="pb-1.5" />
          <Button type="submit">Make a token</Button>
        </form>
        {secret && (
          <div className="mt-4 grid max-w-2xl gap-2">
            <p>Copy it now; it is not shown again.</p>
            <CopyField label="API token" value={secret} />
          </div>
        )}
      </Section>
    </>
  );
}
