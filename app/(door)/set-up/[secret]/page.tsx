import type { Metadata } from "next";
import { AccountForm } from "@/components/door/account-form";
import { readLink } from "@/lib/server/links";
import { setUp } from "../../actions";
import { DeadLink } from "../../dead-link";

export const metadata: Metadata = { title: "Set up" };

export default async function SetUpPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  const link = await readLink(secret);
  if (!link.ok || link.value.kind !== "SETUP")
    return <DeadLink message={link.ok ? "It is not a set-up link." : link.message} />;
  return (
    <>
      <h1 className="font-serif text-[22px] leading-7">Make the first account</h1>
      <p className="text-ink-2">You become the administrator of this desk: you make projects and invite people.</p>
      <AccountForm
        action={setUp.bind(null, secret)}
        ask={["name", "email", "password"]}
        submit="Make the account and sign in"
      />
    </>
  );
}
