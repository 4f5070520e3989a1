import type { Metadata } from "next";
import { SignInForm } from "@/components/door/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

/** Only paths of this site are followed after signing in. */
const safePath = (next: string | undefined) => (next && /^\/(?![/\\])/.test(next) ? next : "/");

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  return (
    <>
      <h1 className="font-serif text-[22px] leading-7">Sign in</h1>
      <SignInForm next={safePath(typeof next === "string" ? next : undefined)} />
      <p className="text-ink-2">
        No account, or no way in? An administrator of this desk gives you a link: Gloss sends no e-mail and keeps no
        default account.
      </p>
    </>
  );
}
