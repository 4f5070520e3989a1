"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { KnownSource } from "@/lib/offers/register";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Field, TextArea } from "../ui/field";
import { Notice } from "../ui/page";
import { Table, Td, Th } from "../ui/table";

/** The register of sources: which names are there, and which ways to write them mean the same. */
export function Sources({ projectId, sources }: { projectId: string; sources: readonly KnownSource[] }) {
  const router = useRouter();
  const [inHand, setInHand] = useState<{ readonly name: string; readonly aliases: string } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  async function save() {
    if (!inHand) return;
    setBusy(true);
    const aliases = inHand.aliases
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
    const answer = await api("PUT", `/projects/${projectId}/sources`, { name: inHand.name, aliases });
    setBusy(false);
    setProblem(answer.ok ? null : answer);
    if (!answer.ok) return;
    setInHand(null);
    router.refresh();
  }

  return (
    <div className="grid gap-4">
      <p className="max-w-[70ch] text-ink-2">
        Reviewers are offered these names. They come from your own marks and from gold of settled articles; a reviewer
        sees those of their own and of gold. Other ways to write a name are completed to it. What is marked stays as it
        was written.
      </p>
      {sources.length === 0 ? (
        <p>No source has been settled yet.</p>
      ) : (
        <Table caption="Sources">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th>Also written</Th>
              <Th className="text-right">Uses</Th>
              <Th>
                <span className="sr-only">Change</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <tr key={source.name}>
                <Td>{source.name}</Td>
                <Td className="text-ink-2">{source.aliases.join(", ")}</Td>
                <Td className="text-right">{source.uses}</Td>
                <Td className="text-right">
                  <Button
                    look="quiet"
                    onClick={() => setInHand({ name: source.name, aliases: source.aliases.join("\n") })}
                  >
                    Merge<span className="sr-only"> others into {source.name}</span>
                  </Button>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {inHand && (
        <form
          className="grid max-w-xl gap-3 rounded border border-rule p-4"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Field label="Name" value={inHand.name} readOnly />
          <TextArea
            label="Other ways to write it, one a line"
            value={inHand.aliases}
            autoFocus
            onChange={(event) => setInHand({ ...inHand, aliases: event.target.value })}
          />
          {problem && <Notice>{problem.errors[0]?.message ?? problem.detail}</Notice>}
          <div className="flex gap-3">
            <Button look="primary" type="submit" disabled={busy}>
              Save the names
            </Button>
            <Button look="quiet" onClick={() => setInHand(null)}>
              Leave it
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
