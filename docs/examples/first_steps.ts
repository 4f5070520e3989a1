/**
 * What a project holds and what is undecided in it, with the typed client that Gloss makes of its own API.
 *
 *   curl -o gloss.ts $GLOSS_URL/api/v1/client.ts
 *   GLOSS_URL=http://127.0.0.1:3000 GLOSS_TOKEN=gloss_… npx tsx first_steps.ts
 */
import { GlossProblem, gloss } from "./gloss";

const api = gloss(process.env.GLOSS_URL ?? "http://127.0.0.1:3000", process.env.GLOSS_TOKEN ?? "");

try {
  const me = await api.ask("GET /me");
  console.log(`${me.name} belongs to ${me.projects.length} projects.`);
  for await (const project of api.all("GET /projects")) {
    let articles = 0;
    for await (const article of api.all("GET /projects/{project}/articles", { path: { project: project.id } }))
      articles += article.title === "" ? 0 : 1;
    const counts = await api.ask("GET /projects/{project}/cases/counts", { path: { project: project.id } });
    console.log(`${project.name}: ${articles} articles, ${JSON.stringify(counts)}`);
  }
} catch (error) {
  // What was refused says why, and where the faults are.
  if (!(error instanceof GlossProblem)) throw error;
  console.error(`${error.status} ${error.title}: ${error.message}`, error.errors);
  process.exitCode = 1;
}
