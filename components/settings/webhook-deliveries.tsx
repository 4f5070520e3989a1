"use client";

import { useCallback, useEffect, useState } from "react";
import { api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Notice } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";
import { type Delivery, outcomeInWords } from "./webhook-words";

const AGAIN = 2_000; // ms between two looks while something is under way

type Page = { readonly items: readonly Delivery[]; readonly nextCursor: string | null };

/** What a webhook was told in the last month, newest first; looked at again while something is about to be sent. */
export function WebhookDeliveries({ path, url, mayReplay }: { path: string; url: string; mayReplay: boolean }) {
  const [page, setPage] = useState<Page | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const read = useCallback(async () => {
    const answer = await api<Page>("GET", `${path}/deliveries?limit=20`);
    setProblem(answer.ok ? null : answer);
    if (answer.ok) setPage(answer.value);
  }, [path]);
  useEffect(() => void read(), [read]);
  const soon = page?.items.some((one) => one.state === "waiting" && one.attempts === 0) ?? false;
  useEffect(() => {
    if (!soon) return;
    const timer = setInterval(() => void read(), AGAIN);
    return () => clearInterval(timer);
  }, [soon, read]);

  if (problem) return <Notice tone="fault">{problem.detail}</Notice>;
  if (!page) return <p className="text-ink-2">Looking …</p>;
  if (page.items.length === 0)
    return <p className="text-ink-2">Nothing was told yet. A test shows whether it arrives.</p>;
  return (
    <Table caption={`Deliveries to ${url}`}>
      <thead>
        <tr>
          <Th>What</Th>
          <Th>When</Th>
          <Th>How it went</Th>
          <Th>
            <span className="sr-only">Replay</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {page.items.map((delivery) => (
          <tr key={delivery.id}>
            <Td className="font-mono text-xs whitespace-nowrap">{delivery.event}</Td>
            <Td className="text-ink-2">
              <Ago at={delivery.createdAt} />
            </Td>
            <Td className="min-w-48">
              {outcomeInWords(delivery)}
              {delivery.dueAt && delivery.attempts > 0 && (
                <span className="text-ink-2">
                  {" "}
                  Tried again <Ago at={delivery.dueAt} soon="within a minute" />
                </span>
              )}
            </Td>
            <Td className="text-right">
              <Button
                look="quiet"
                disabled={!mayReplay}
                onClick={async () => {
                  const answer = await api("POST", `${path}/deliveries/${delivery.id}/replay`);
                  setProblem(answer.ok ? null : answer);
                  await read();
                }}
              >
                Replay
              </Button>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
