import type { Metadata } from "next";
import { ReviewScreen } from "@/components/review/screen";
import { orNotFound, pageActor } from "@/lib/server/page";
import { readReviewPage } from "@/lib/server/reviewPage";

export const metadata: Metadata = { title: "Review" };

export default async function ReviewRoute({ params }: { params: Promise<{ review: string }> }) {
  const actor = await pageActor();
  const { review } = await params;
  const page = orNotFound(await readReviewPage(actor, review));
  return <ReviewScreen key={review} page={page} />;
}
