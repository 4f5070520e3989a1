"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, api, type Problem } from "../api";
import { Button } from "../ui/button";
import { Select } from "../ui/field";
import { Badge, Notice } from "../ui/page";
import { Table, Td, Th } from "../ui/table";
import { Ago } from "../ui/time";

export type ReviewRow = {
  readonly id: string;
  readonly reviewerId: string;
  readonly reviewer: string;
  readonly status: "ASSIGNED" | "IN_PROGRESS" | "SUBMITTED" | "SKIPPED";
  readonly training: boolean;
  readonly notBlind: boolean;
  readonly assignedAt: string;
  readonly submittedAt: string | null;
};

const WORDS = { ASSIGNED: "assigned", IN_PROGRESS: "in progress", SUBMITTED: "submitted", SKIPPED: "skipped" } as const;

/** Who reviews this article, for editors: assign, take back, send back with a comment, close early. */
export function ArticleReviews({
  articleId,
  reviews,
  people,
  open,
  frozen,
}: {
  articleId: string;
  reviews: readonly ReviewRow[];
  people: readonly { readonly userId: string; readonly name: string }[];
  /** The article still waits for reviews. */
  open: boolean;
  /** A newer version has taken the article's place: nothing is assigned or sent back any more. */
  frozen: boolean;
}) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const act = async (run: Promise<Answer<unknown>>) => {
    const answer = await run;
    setProblem(answer.ok ? null : answer);
    router.refresh();
  };
  const free = people.filter((person) => !reviews.some((review) => review.reviewerId === person.userId));
  return (
    <div className="grid gap-3">
      {problem && <Notice tone="fault">{problem.errors[0]?.message ?? problem.detail}</Notice>}
      {reviews.length === 0 ? (
        <p className="text-ink-2">Nobody reviews it yet. It goes out by the queue, or you assign it.</p>
      ) : (
        <Table caption="Reviews of this article">
          <thead>
            <tr>
              <Th>Reviewer</Th>
              <Th>State</Th>
              <Th>When</Th>
              <Th>
                <span className="sr-only">Acts</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {reviews.map((review) => (
              <tr key={review.id}>
                <Td className="font-medium">{review.reviewer}</Td>
                <Td>
                  <Badge strong={review.status === "SUBMITTED"}>{WORDS[review.status]}</Badge>{" "}
                  {review.training && <Badge>training, does not vote</Badge>}{" "}
                  {review.notBlind && <Badge>not blind</Badge>}
                </Td>
                <Td className="text-ink-2">
                  <Ago at={review.submittedAt ?? review.assignedAt} />
                </Td>
                <Td className="text-right">
                  {review.status === "SUBMITTED" ? (
                    <>
                      <Link href={`/reviews/${review.id}`} className="link mr-3">
                        See it
                      </Link>
                      {!frozen && (
                        <Button
                          look="quiet"
                          onClick={() => {
                            const comment = window.prompt(
                              `Send back to ${review.reviewer}. What should be looked at again?`,
                            );
                            if (comment) void act(api("POST", `/reviews/${review.id}/send-back`, { comment }));
                          }}
                        >
                          Send back
                        </Button>
                      )}
                    </>
                  ) : frozen ? null : (
                    <Button
                      look="quiet"
                      onClick={() => void act(api("DELETE", `/reviews/${review.id}`))}
                      aria-label={`Unassign ${review.reviewer}`}
                    >
                      Unassign
                    </Button>
                  )}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <div className="flex flex-wrap items-end gap-3">
        {!frozen && free.length > 0 && (
          <form
            className="flex items-end gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              void act(
                api("POST", `/articles/${articleId}/reviews`, {
                  reviewerId: String(new FormData(event.currentTarget).get("reviewerId")),
                }),
              );
            }}
          >
            <Select
              label="Assign to"
              name="reviewerId"
              options={free.map((person) => ({ value: person.userId, name: person.name }))}
            />
            <Button type="submit">Assign</Button>
          </form>
        )}
        {open && reviews.some((review) => review.status === "SUBMITTED") && (
          <Button onClick={() => void act(api("POST", `/articles/${articleId}/close`, {}))}>
            Close to reviews now
          </Button>
        )}
      </div>
    </div>
  );
}
