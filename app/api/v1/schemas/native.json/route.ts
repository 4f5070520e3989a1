import { nativeJsonSchema } from "@/lib/formats/native-wire";

/** The same for everyone and about nobody, so it needs no sign-in. */
export function GET(): Response {
  return new Response(JSON.stringify(nativeJsonSchema()), {
    headers: {
      "Content-Type": "application/schema+json",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-cache",
    },
  });
}
