"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Role } from "@/lib/access/actor";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { CopyField } from "../ui/copy";
import { Field } from "../ui/field";
import { Badge, Notice, Section } from "../ui/page";
import { Table, Td, Th } from "../ui/table";

export type Member = {
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
  readonly imported: boolean;
  readonly disabled: boolean;
  readonly roles: readonly string[];
  readonly trainee: boolean;
};

export type Invitation = {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly expiresAt: string;
};

const ROLES: readonly { role: Role; name: string; does: string }[] = [
  { role: "EDITOR", name: "Editor", does: "imports, assigns, sets the rules" },
  { role: "ADJUDICATOR", name: "Adjudicator", does: "settles cases" },
  { role: "REVIEWER", name: "Reviewer", does: "marks articles" },
  { role: "VIEWER", name: "Viewer", does: "reads what is settled" },
];

/** Who belongs to the project and as what. A change acts at the next request of the person concerned. */
export function Members({
  projectId,
  members,
  invitations,
  mayEdit,
}: {
  projectId: string;
  members: readonly Member[];
  invitations: readonly Invitation[];
  mayEdit: boolean;
}) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [invitation, setInvitation] = useState<{ email: string; url: string } | null>(null);

  async function toggle(member: Member, role: Role) {
    const roles = member.roles.includes(role) ? member.roles.filter((held) => held !== role) : [...member.roles, role];
    const answer = await api("PATCH", `/projects/${projectId}/members/${member.userId}`, { roles });
    setProblem(answer.ok ? null : answer);
    router.refresh();
  }
  async function train(member: Member) {
    const answer = await api("PATCH", `/projects/${projectId}/members/${member.userId}`, { trainee: !member.trainee });
    setProblem(answer.ok ? null : answer);
    router.refresh();
  }
  async function remove(member: Member) {
    if (!window.confirm(`${member.name} leaves the project. Their reviews stay.`)) return;
    const answer = await api("DELETE", `/projects/${projectId}/members/${member.userId}`);
    setProblem(answer.ok ? null : answer);
    router.refresh();
  }

  return (
    <>
      {problem && <Notice tone="fault">{problem.detail}</Notice>}
      <Section title="Members" note={`${members.length} in this project`}>
        <Table caption="Members and their roles">
          <thead>
            <tr>
              <Th>Name</Th>
              {ROLES.map(({ role, name, does }) => (
                <Th key={role} title={does} className="text-center">
                  {name}
                </Th>
              ))}
              <Th title="reviews given to them do not vote until they are passed" className="text-center">
                Trainee
              </Th>
              <Th>
                <span className="sr-only">Remove</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <tr key={member.userId}>
                <Td>
                  <span className="font-medium">{member.name}</span>{" "}
                  {member.imported && <Badge>imported, cannot sign in</Badge>}{" "}
                  {member.disabled && <Badge>disabled</Badge>}
                  <div className="text-ink-2">{member.email}</div>
                </Td>
                {ROLES.map(({ role, name }) => (
                  <Td key={role} className="text-center">
                    <input
                      type="checkbox"
                      aria-label={`${member.name} is ${name.toLowerCase()}`}
                      className="size-4 accent-[var(--ink)]"
                      checked={member.roles.includes(role)}
                      disabled={!mayEdit || member.imported}
                      onChange={() => void toggle(member, role)}
                    />
                  </Td>
                ))}
                <Td className="text-center">
                  <input
                    type="checkbox"
                    aria-label={`${member.name} is a trainee`}
                    className="size-4 accent-[var(--ink)]"
                    checked={member.trainee}
                    disabled={!mayEdit || member.imported}
                    onChange={() => void train(member)}
                  />
                </Td>
                <Td className="text-right">
                  {mayEdit && (
                    <Button look="quiet" onClick={() => void remove(member)} aria-label={`Remove ${member.name}`}>
                      Remove
                    </Button>
                  )}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Section>
      {invitations.length > 0 && (
        <Section title="Invited" note="They have a link and have not used it yet.">
          <ul className="divide-y divide-rule">
            {invitations.map((one) => (
              <li key={one.id} className="flex flex-wrap gap-x-4 py-2">
                <span className="font-medium">{one.email}</span>
                <span className="text-ink-2">
                  {one.roles.map((role) => role.toLowerCase()).join(", ")}, until {one.expiresAt.slice(0, 10)}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {mayEdit && (
        <Section
          title="Add someone"
          note="Someone without an account gets a one-time link. Gloss sends no e-mail: copy the link and send it yourself."
        >
          <form
            className="flex flex-wrap items-end gap-4"
            onSubmit={async (event) => {
              event.preventDefault();
              const form = event.currentTarget;
              const data = new FormData(form);
              const email = String(data.get("email"));
              const roles = data.getAll("roles").map(String);
              const answer = await api<{ invitationUrl?: string }>("POST", `/projects/${projectId}/members`, {
                email,
                roles,
              });
              setProblem(answer.ok ? null : answer);
              setInvitation(
                answer.ok && answer.value.invitationUrl ? { email, url: answer.value.invitationUrl } : null,
              );
              if (answer.ok) form.reset();
              router.refresh();
            }}
          >
            <div className="w-full max-w-72">
              <Field label="E-mail" name="email" type="email" required />
            </div>
            <fieldset className="flex flex-wrap gap-4 pb-1.5">
              <legend className="sr-only">Roles</legend>
              {ROLES.map(({ role, name, does }) => (
                <label key={role} className="flex items-center gap-2" title={does}>
                  <input
                    type="checkbox"
                    name="roles"
                    value={role}
                    defaultChecked={role === "REVIEWER"}
                    className="size-4 accent-[var(--ink)]"
                  />
                  {name}
                </label>
              ))}
            </fieldset>
            <Button look="primary" type="submit">
              Add to the project
            </Button>
          </form>
          {invitation && (
            <div className="mt-4 grid max-w-2xl gap-2">
              <p>
                This link lets <b className="font-medium">{invitation.email}</b> make an account, once. It is shown only
                now.
              </p>
              <CopyField label="Invitation link" value={invitation.url} />
            </div>
          )}
        </Section>
      )}
    </>
  );
}
