"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { CopyField } from "../ui/copy";
import { Checkbox, Field } from "../ui/field";
import { Badge, Notice, Section } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";

export type User = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly isAdmin: boolean;
  readonly disabled: boolean;
  readonly createdAt: string;
};

/** Accounts of the desk, for administrators. Every link is shown once, to be passed on by hand. */
export function Users({ users, me }: { users: readonly User[]; me: string }) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [link, setLink] = useState<{ words: string; url: string } | null>(null);

  async function patch(user: User, part: Record<string, boolean>) {
    const answer = await api("PATCH", `/users/${user.id}`, part);
    setProblem(answer.ok ? null : answer);
    router.refresh();
  }
  async function reset(user: User) {
    const answer = await api<{ url: string }>("POST", `/users/${user.id}/reset-link`);
    setProblem(answer.ok ? null : answer);
    if (answer.ok) setLink({ words: `With this link ${user.name} sets a new password, once.`, url: answer.value.url });
  }

  return (
    <>
      {problem && <Notice tone="fault">{problem.detail}</Notice>}
      {link && (
        <div className="mt-4 grid max-w-2xl gap-2">
          <p>{link.words} It is shown only now.</p>
          <CopyField label="One-time link" value={link.url} />
        </div>
      )}
      <Section title="Accounts" note={`${users.length}`}>
        <Table caption="Accounts">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th>E-mail</Th>
              <Th>Since</Th>
              <Th>
                <span className="sr-only">Acts</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {users.map((user) => (
              <tr key={user.id}>
                <Td>
                  <span className="font-medium">{user.name}</span> {user.isAdmin && <Badge strong>administrator</Badge>}{" "}
                  {user.disabled && <Badge>disabled</Badge>}
                </Td>
                <Td>{user.email ?? <span className="text-ink-2">imported, cannot sign in</span>}</Td>
                <Td className="text-ink-2">
                  <Ago at={user.createdAt} />
                </Td>
                <Td>
                  {user.email && (
                    <div className="flex flex-wrap justify-end gap-1">
                      <Button
                        look="quiet"
                        onClick={() => void reset(user)}
                        aria-label={`Make a reset link for ${user.name}`}
                      >
                        Reset link
                      </Button>
                      {user.id !== me && (
                        <>
                          <Button look="quiet" onClick={() => void patch(user, { isAdmin: !user.isAdmin })}>
                            {user.isAdmin ? "No longer administrator" : "Make administrator"}
                          </Button>
                          <Button look="quiet" onClick={() => void patch(user, { disabled: !user.disabled })}>
                            {user.disabled ? "Enable" : "Disable"}
                          </Button>
                        </>
                      )}
                    </div>
                  )}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Section>
      <Section title="Invite someone to the desk" note="They make their own password with a one-time link.">
        <form
          className="flex flex-wrap items-end gap-4"
          onSubmit={async (event) => {
            event.preventDefault();
            const form = event.currentTarget;
            const data = new FormData(form);
            const name = String(data.get("name"));
            const answer = await api<{ url: string }>("POST", "/users", {
              email: String(data.get("email")),
              name,
              isAdmin: data.get("isAdmin") === "on",
            });
            setProblem(answer.ok ? null : answer);
            if (answer.ok) {
              setLink({ words: `With this link ${name} sets a password and signs in.`, url: answer.value.url });
              form.reset();
            }
            router.refresh();
          }}
        >
          <div className="w-60">
            <Field label="Name" name="name" required />
          </div>
          <div className="w-72">
            <Field label="E-mail" name="email" type="email" required />
          </div>
          <Checkbox label="Administrator" name="isAdmin" className="pb-1.5" />
          <Button look="primary" type="submit">
            Invite
          </Button>
        </form>
      </Section>
    </>
  );
}
