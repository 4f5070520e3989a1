import type { Metadata } from "next";
import { AccountForm } from "@/components/door/account-form";
import { readLink } from "@/lib/server/links";
import { invited, join } from "../../actions";
import { DeadLink } from "../../dead-link";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitationPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  const link = await readLink(secret);
  if (!link.ok || link.value.kind !== "INVITATION")
    return <DeadLink message={link.ok ? "It is not an invitation." : link.message} />;
  const { projectName, email, name, hasAccount } = link.value;
  return (
    <>
      <h1 className="font-serif text-[22px] leading-7">{projectName ? `Join ${projectName}` : "Join this desk"}</h1>
      {hasAccount ? (
        <>
          <p className="text-ink-2">There is an account for {email}. Sign in with it to take up the invitation.</p>
          <AccountForm action={join.bind(null, secret)} ask={[]} email={email} submit="Join the project" />
        </>
      ) : (
        <AccountForm
          action={invited.bind(null, secret)}
          ask={["name", "password"]}
          email={email}
          name={name}
          submit="Make my account and sign in"
        />
      )}
    </>
  );
}
