import { projectAgreement } from "@/lib/server/agreement";
import { agreementSchema } from "@/lib/server/agreement.schema";
import { agreementCsv } from "@/lib/server/agreement-csv";
import { route } from "@/lib/server/http";

export const GET = route({
  summary: "The figures of agreement as a table, a figure a row",
  who: "Whoever may ask for the figures",
  query: agreementSchema,
  answers: { 200: { file: "text/csv", says: "UTF-8, formulas defused" } },
  run: ({ actor, params, query }) => projectAgreement(actor, params.project ?? "", query),
  answer: (found) =>
    new Response(agreementCsv(found), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="agreement.csv"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
      },
    }),
});
