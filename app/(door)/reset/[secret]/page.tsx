import type { Metadata } from "next";
import { AccountForm } from "@/components/door/account-form";
import { readLink } from "@/lib/server/links";
import { reset } from "../../actions";
import { DeadLink } from "../../dead-link";

export const metadata: Metadata = { title: "New password" };

export default async function ResetPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  const link = await readLink(secret);
  if (!link.ok || link.value.kind !== "RESET")
    return <DeadLink message={link.ok ? "It is not a link for a new password." : link.message} />;
  return (
    <>
      <h1 className="font-serif text-[22px] leading-7">Set a new password</h1>
      <p className="text-ink-2">Every session and token of yours ends, and you are signed in here.</p>
      <AccountForm
        action={reset.bind(null, secret)}
        ask={["password"]}
        email={link.value.email}
        submit="Set the password"
      />
    </>
  );
}
