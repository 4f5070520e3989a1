/**
 * The lines of an export, written as JSON by the database (lib/formats/native-write.ts has their shape; a test holds the two together). Text
 * is built by concatenation, which is a third faster than json_build_object and leaves out members that have nothing to say.
 */

import { LATER_OPEN } from "./current";

/** How many articles a statement goes through; its rows come through a cursor. */
export const PAGE = 500;

const time = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const text = (column: string) => `coalesce(to_json(${column})::text, 'null')`;
const bool = (column: string) => `CASE WHEN ${column} THEN 'true' ELSE 'false' END`;
const note = (column: string) => `CASE WHEN ${column} = '' THEN 'null' ELSE to_json(${column})::text END`;
const extra = (column: string) => `CASE WHEN ${column} = '{}' THEN '' ELSE ',"extra":' || ${column}::text END`;
const list = (item: string, order: string) => `'[' || coalesce(string_agg(${item}, ',' ORDER BY ${order}), '') || ']'`;
/** A stored JSON value of a span or link that has no row of its own: what it says, or null. */
const member = (name: string) => `coalesce((e->'${name}')::text, 'null')`;

/** How a person is named in a file: by id, or, when known from an import only, by the name that the import gave. */
const person = (user: string) => `CASE WHEN ${user}."email" IS NULL THEN ${user}."name" ELSE ${user}."id"::text END`;

const span = (
  s: string,
  accepted = "''",
) => `concat('{"id":"', ${s}."id", '","start":', ${s}."start", ',"end":', ${s}."end", ',"label":', to_json(${s}."label"),
  ',"quote":', to_json(coalesce(${s}."quote", substring(a."body", ${s}."start" + 1, ${s}."end" - ${s}."start"))),
  ',"attributes":', ${s}."attributes", ',"note":', ${note(`${s}."note"`)}, ',"uncertain":', ${bool(`${s}."uncertain"`)}, ${accepted},
  ',"scheme_version":', ${s}."schemeVersion", ',"guideline_version":', ${s}."guidelineVersion", ${extra(`${s}."extra"`)}, '}')`;

/** A span that was removed since in another article is named by its words. */
const link = (
  l: string,
  gone: string,
  accepted = "''",
) => `concat('{"id":"', ${l}."id", '","type":', to_json(${l}."type"), ',"from":"', ${l}."fromId",
  '","to":', CASE WHEN ${l}."toId" IS NULL OR ${gone}."id" IS NOT NULL THEN 'null' ELSE '"' || ${l}."toId" || '"' END,
  ',"to_text":', ${text(`coalesce(${l}."toText", ${gone}."quote")`)}, ${accepted}, ${extra(`${l}."extra"`)}, '}')`;

/** Which of its values a reviewer took from an offer. Gold has none: what is ruled is ruled. */
const ACCEPTED_VALUES = `CASE WHEN s."accepted" = '{}' THEN '' ELSE ',"accepted":' || to_json(s."accepted")::text END`;
/** A suggestion that a span was made of: lib/spans/suggested.ts Origin. */
const origin = (
  o: string,
) => `concat(',"suggestion":{"id":', ${o}->'id', ',"by":', ${o}->'by', ',"score":', coalesce((${o}->'score')::text, 'null'),
  ',"changed":', ${o}->'changed', CASE WHEN ${o}->'person' = 'true' THEN ',"person":true' ELSE '' END, '}')`;
const ORIGIN = `CASE WHEN s."suggestion" IS NULL THEN '' ELSE ${origin(`s."suggestion"`)} END`;
const SCORE = `CASE WHEN s."score" IS NULL THEN '' ELSE ',"score":' || to_json(s."score")::text END`;
const ACCEPTED_LINK = `CASE WHEN l."accepted" THEN ',"accepted":true' ELSE '' END`;

/** Spans and links of a submission or decision, kept as JSON. */
const storedSpan = (
  versions: string,
) => `concat('{"id":', e->'id', ',"start":', e->'start', ',"end":', e->'end', ',"label":', e->'label',
  ',"quote":', coalesce((e->'quote')::text, to_json(substring(a."body", (e->>'start')::int + 1, (e->>'end')::int - (e->>'start')::int))::text),
  ',"attributes":', coalesce((e->'attributes')::text, '{}'), ',"note":', ${note(`coalesce(e->>'note', '')`)},
  ',"uncertain":', coalesce((e->'uncertain')::text, 'false'),
  CASE WHEN coalesce(e->'accepted', '[]') = '[]' THEN '' ELSE ',"accepted":' || (e->'accepted')::text END,
  CASE jsonb_typeof(e->'suggestion') WHEN 'object' THEN ${origin(`(e->'suggestion')`)} ELSE '' END${versions}, '}')`;
const storedVersions = `, CASE WHEN e ? 'schemeVersion' THEN ',"scheme_version":' || (e->'schemeVersion')::text ELSE '' END,
  CASE WHEN e ? 'guidelineVersion' THEN ',"guideline_version":' || (e->'guidelineVersion')::text ELSE '' END`;
const storedLink = `concat('{"id":', e->'id', ',"type":', e->'type', ',"from":', e->'from', ',"to":', ${member("to")}, ',"to_text":', ${member("toText")},
  CASE WHEN e->'accepted' = 'true' THEN ',"accepted":true' ELSE '' END, '}')`;
/** The target as it was ruled (lib/cases/gold.ts RuledTarget) stands under extra. */
const ruledLink = `concat('{"id":', e->'id', ',"type":', e->'type', ',"from":', e->'from',
  ',"to":', coalesce((e->'target'->'spanId')::text, ${member("to")}), ',"to_text":', coalesce((e->'target'->'text')::text, ${member("toText")}),
  CASE WHEN e ? 'target' OR e ? 'extra' THEN ',"extra":' ||
    (coalesce(e->'extra', '{}') || CASE WHEN e ? 'target' THEN jsonb_build_object('target', e->'target') ELSE '{}' END)::text ELSE '' END, '}')`;

const elements = (column: string, item: string) =>
  `(SELECT '[' || coalesce(string_agg(${item}, ',' ORDER BY n), '') || ']' FROM jsonb_array_elements(${column}) WITH ORDINALITY AS x(e, n))`;

const regions = `(SELECT ${list(
  `concat('{"start":', g."start", ',"end":', g."end", ',"role":"', g."role", '","reason":', ${text(`g."reason"`)}, ${extra(`g."extra"`)}, '}')`,
  `g."start"`,
)} FROM "Region" g WHERE g."projectId" = $1 AND g."articleId" = a."id")`;

const reviewSpans = `(SELECT ${list(span("s", `${ACCEPTED_VALUES}, ${ORIGIN}`), `s."start", s."end" DESC, s."id"`)}
  FROM "Span" s WHERE s."projectId" = $1 AND s."reviewId" = r."id" AND NOT s."removed")`;

const reviewLinks = `(SELECT ${list(link("l", "gone", ACCEPTED_LINK), `l."createdAt", l."id"`)}
  FROM "Link" l LEFT JOIN "Span" gone ON gone."id" = l."toId" AND gone."removed"
  WHERE l."projectId" = $1 AND l."reviewId" = r."id" AND NOT l."removed")`;

/** The last one of a submitted review is the review itself, unless it stands there otherwise. */
const submissions = `(SELECT ',"submissions":' || ${list(
  `concat('{"number":', b."number", ',"blind":', ${bool(`b."blind"`)}, ',"submitted_at":"', ${time(`b."submittedAt"`)},
     '","spans":', ${elements(`b."spans"`, storedSpan(storedVersions))}, ',"links":', ${elements(`b."links"`, storedLink)}, '}')`,
  `b."number"`,
)} FROM "Submission" b WHERE b."reviewId" = r."id" AND (r."status" <> 'SUBMITTED' OR b."number" <
     (SELECT max(z."number") FROM "Submission" z WHERE z."reviewId" = r."id")) HAVING count(*) > 0)`;

/** What became of the marks of the version before; a link that waits is written as one that stands. */
const carried = `(SELECT ',"carried":' || ${list(
  `concat('{"span":"', k."spanId", '","kind":"', k."kind", '","score":', k."score", ',"from":"', k."fromId", '","from_article":"', k."fromArticleId",
     '","start":', k."start", ',"end":', k."end", ',"quote":', to_json(k."quote"), ',"before":', to_json(k."before"), ',"after":', to_json(k."after"),
     ',"content":', k."content", ',"candidates":', k."candidates", ',"links":', ${elements(`k."links"`, storedLink)},
     CASE WHEN k."droppedAt" IS NULL THEN '' ELSE ',"drop_reason":' || to_json(k."dropReason")::text || ',"dropped_at":"' || ${time(`k."droppedAt"`)} || '"' END, '}')`,
  `k."start", k."end" DESC, k."spanId"`,
)} FROM "CarriedSpan" k WHERE k."reviewId" = r."id" HAVING count(*) > 0)`;

/** $4: which reviews ("all", "submitted", "own", "none"); $3: who asks. Others' reviews of an article under one's own open review are not there. */
const reviews = `(SELECT ${list(
  `concat('{"reviewer":', to_json(${person("u")}), ',"status":"', lower(r."status"::text), '"',
     CASE WHEN r."notBlind" THEN ',"not_blind":true' ELSE '' END,
     CASE WHEN r."submittedAt" IS NULL THEN '' ELSE ',"submitted_at":"' || ${time(`r."submittedAt"`)} || '"' END,
     CASE WHEN r."skipReason" IS NULL THEN '' ELSE ',"skip_reason":' || to_json(r."skipReason")::text END,
     ',"spans":', ${reviewSpans}, ',"links":', ${reviewLinks}, ${submissions}, ${carried}, ${extra(`r."extra"`)}, '}')`,
  `${person("u")} COLLATE "C", r."id"`,
)} FROM "Review" r JOIN "User" u ON u."id" = r."reviewerId"
   WHERE r."projectId" = $1 AND r."articleId" = a."id" AND r."deletedAt" IS NULL AND CASE $4::text
     WHEN 'all' THEN NOT r."training" AND (NOT a."hidden" OR r."reviewerId" = $3::uuid)
     WHEN 'submitted' THEN r."status" = 'SUBMITTED' AND NOT r."training" AND NOT a."hidden"
     WHEN 'own' THEN r."reviewerId" = $3::uuid
     ELSE false END)`;

const goldSpans = `(SELECT ${list(span("s"), `s."start", s."end" DESC, s."id"`)}
  FROM "GoldSpan" s JOIN "Decision" d ON d."id" = s."decisionId" AND d."live" WHERE s."projectId" = $1 AND s."articleId" = a."id")`;

const goldLinks = `(SELECT ${list(link("l", "gone"), `l."id"`)}
  FROM "GoldLink" l JOIN "Decision" d ON d."id" = l."decisionId" AND d."live"
  LEFT JOIN "Span" gone ON gone."id" = l."toId" AND gone."removed" WHERE l."projectId" = $1 AND l."articleId" = a."id")`;

const ruledCase = `CASE WHEN c."id" IS NULL THEN 'null' ELSE concat('{"id":"', c."id", '","start":', c."start", ',"end":', c."end",
  ',"labels":', to_json(c."labels"), ',"primary":', to_json(c."primaryFlag"), ',"flags":', to_json(c."flags"), ',"missing":',
  (SELECT ${list(`to_json(${person("m")})::text`, `${person("m")} COLLATE "C"`)} FROM "User" m WHERE m."id" = ANY (c."missing")), '}') END`;

const decisions = `(SELECT ${list(
  `concat('{"id":"', d."id", '","action":"', lower(d."action"::text), '","case":', ${ruledCase},
     ',"spans":', ${elements(`d."spans"`, storedSpan(""))}, ',"links":', ${elements(`d."links"`, ruledLink)},
     ',"reason_code":', ${text(`d."reasonCode"`)}, ',"note":', ${note(`d."note"`)}, ',"rule":', ${text(`d."rule"`)},
     ',"adjudicator":', to_json(coalesce(${person("j")}, '(policy)')), ',"also_reviewed":', ${bool(`d."alsoReviewed"`)},
     ',"anonymous":', ${bool(`d."anonymous"`)}, ',"members":',
     ${elements(`CASE jsonb_typeof(d."members") WHEN 'array' THEN d."members" ELSE '[]' END`, `concat('{"span":', e->'id', ',"hash":', ${member("hash")}, '}')`)},
     ',"submitted":', d."submitted", ',"suggestion":', coalesce(d."suggestion"::text, 'null'), ',"input":', d."input"::text,
     ',"text_sha256":"', d."textSha256", '","scheme_version":', d."schemeVersion", ',"guideline_version":', d."guidelineVersion",
     ',"supersedes":', CASE WHEN d."supersedesId" IS NULL THEN 'null' ELSE '"' || d."supersedesId" || '"' END,
     ',"live":', ${bool(`d."live"`)}, ',"at":"', ${time(`d."at"`)}, '"', ${extra(`d."extra"`)}, '}')`,
  `d."at", d."id"`,
)} FROM "Decision" d LEFT JOIN "Case" c ON c."id" = d."caseId" LEFT JOIN "User" j ON j."id" = d."adjudicatorId"
   WHERE d."projectId" = $1 AND d."articleId" = a."id")`;

/** $5: whose gold ("all", "settled", "none"). An article that is neither settled nor ruled on has none, which is not an empty one. */
const gold = `CASE WHEN a."judged" THEN concat(',"gold":{"spans":', ${goldSpans}, ',"links":', ${goldLinks}, ',"decisions":', ${decisions},
  ${extra(`a."goldExtra"`)}, '}') ELSE '' END`;

/** $7: whose suggestions ("desk", "reviewer", "none"); a set a name. */
const suggestedSpan = `concat('{"id":"', s."id", '","start":', s."start", ',"end":', s."end", ',"label":', to_json(s."label"),
  ',"quote":', to_json(s."quote"), ',"attributes":', s."attributes", ',"note":', ${note(`s."note"`)}, ',"uncertain":', ${bool(`s."uncertain"`)}, ${SCORE},
  ${extra(`s."extra"`)}, '}')`;
const suggestedLinks = `(SELECT ${list(
  `concat('{"id":', coalesce((l->'id')::text, 'null'), ',"type":', l->'type', ',"from":"', s."id", '","to":', coalesce((l->'to')::text, 'null'),
     ',"to_text":', coalesce((l->'toText')::text, 'null'), '}')`,
  `s."start", s."end" DESC, s."id", n`,
)} FROM "Suggestion" s, jsonb_array_elements(s."links") WITH ORDINALITY AS x(l, n) WHERE s."articleId" = a."id" AND s."setId" = t."id")`;
const suggestions = `CASE WHEN $7::text = 'none' OR (NOT a."showSuggestions" AND ($7 = 'reviewer' OR a."working")) THEN NULL ELSE
  (SELECT ',"suggestions":' || ${list(
    `concat('{"by":', to_json(t."name"), CASE WHEN t."person" THEN ',"person":true' ELSE '' END, ',"spans":', t."spans", ',"links":', ${suggestedLinks}, '}')`,
    `t."name" COLLATE "C"`,
  )} FROM (SELECT t."id", t."name", t."person", ${list(suggestedSpan, `s."start", s."end" DESC, s."id"`)} AS "spans"
     FROM "Suggestion" s JOIN "SuggestionSet" t ON t."id" = s."setId" WHERE s."articleId" = a."id" GROUP BY t."id") t HAVING count(*) > 0) END`;

/**
 * $1 project, $2 the position after which to go on, $3 who asks, $4 which reviews, $5 which gold, $6 the former versions too, $7 whose suggestions. A row an article, made when the cursor
 * reads it: OFFSET 0 keeps the planner from making lines before it has put them in order, and the text from being unpacked for each quote.
 */
export const LINES = `
SELECT a."id", a."position"::text AS "position", a."sha256", a."length",
  concat('{"id":"', a."id", '","title":', to_json(a."title"), ',"text":', to_json(a."body"), ',"text_sha256":"', a."sha256",
    '","offset_unit":"code_point","outlet":', ${text(`a."outlet"`)}, ',"reposted_by":', ${text(`a."repostedBy"`)},
    ',"author":', ${text(`a."author"`)}, ',"dateline":', ${text(`a."dateline"`)}, ',"url":', ${text(`a."url"`)},
    ',"published":', ${text(`a."published"`)}, ',"published_date":', ${text(`a."publishedDate"`)},
    ',"published_precision":', ${text(`a."publishedPrecision"`)}, ',"language":', ${text(`a."language"`)},
    ',"licence":', ${text(`a."licence"`)}, ',"regions":', ${regions}, ',"reviews":', ${reviews}, ${gold}, ${suggestions},
    ',"story":', ${text(`a."story"`)}, ',"split":', ${text(`a."split"`)},
    CASE WHEN a."chainId" IS NULL OR a."chainId" = a."id" THEN '' ELSE ',"version_of":"' || a."chainId" || '"' END,
    CASE WHEN a."textVersion" = 1 THEN '' ELSE ',"text_version":' || a."textVersion" END,
    CASE WHEN a."closedEarly" OR (a."state" <> 'OPEN' AND a."taken" < a."reviewersPerArticle") THEN ',"closed_early":true' ELSE '' END,
    ${extra(`a."extra"`)}, '}') AS "line"
FROM (
  SELECT b.*, b."stored" || '' AS "body", ($5::text = 'all' OR ($5 = 'settled' AND b."state" = 'SETTLED')) AND NOT b."hidden" AND (b."state" = 'SETTLED'
      OR EXISTS (SELECT 1 FROM "Decision" d WHERE d."projectId" = $1 AND d."articleId" = b."id")) AS "judged"
    FROM (
      SELECT a.*, t."body" AS "stored", t."sha256", t."length", p."reviewersPerArticle", p."showSuggestions",
             own."status" IN ('ASSIGNED', 'IN_PROGRESS') IS TRUE OR ${LATER_OPEN("$3")} AS "working",
             ((own."training" OR (p."blind" AND a."state" <> 'SETTLED')) AND own."status" IN ('ASSIGNED', 'IN_PROGRESS')) IS TRUE
             OR (p."blind" AND ${LATER_OPEN("$3")}) AS "hidden"
        FROM "Article" a
        JOIN "Project" p ON p."id" = a."projectId"
        JOIN "ArticleText" t ON t."id" = a."textId"
        LEFT JOIN "Review" own ON own."articleId" = a."id" AND own."reviewerId" = $3::uuid AND own."deletedAt" IS NULL
       WHERE a."projectId" = $1 AND a."position" > $2::bigint AND a."deletedAt" IS NULL AND ($6::boolean OR NOT a."superseded")
         AND ($4::text IN ('all', 'submitted') OR $5 = 'all' OR ($4 = 'own' AND own."id" IS NOT NULL) OR ($5 = 'settled' AND a."state" = 'SETTLED'))
       ORDER BY a."position" LIMIT ${PAGE} OFFSET 0) b
  OFFSET 0) a
WHERE $4::text <> 'none' OR a."judged"`;

/** $1 project: the first line. */
export const HEADER = `
SELECT p."name", json_build_object('gloss', 1, 'project', json_build_object('id', p."id", 'name', p."name", 'description', p."description",
    'policies', jsonb_build_object('reviewers_per_article', p."reviewersPerArticle", 'blind', p."blind",
       'accept_unanimous', p."acceptUnanimous", 'adjudicate_own', p."adjudicateOwn", 'forbid_outside_scope', p."forbidOutsideScope",
       'show_suggestions', p."showSuggestions", 'scope', p."scope") || CASE WHEN p."extra" ? 'policies' THEN jsonb_build_object('extra', p."extra"->'policies') ELSE '{}' END,
    'scheme', (SELECT jsonb_build_object('version', s."version") || s."scheme" FROM "SchemeVersion" s
                WHERE s."projectId" = p."id" AND s."version" = p."schemeVersion"),
    'guideline', (SELECT json_build_object('version', g."version", 'markdown', g."markdown") FROM "GuidelineVersion" g
                   WHERE g."projectId" = p."id" AND g."version" = p."guidelineVersion"),
    'scheme_versions', (SELECT coalesce(json_agg(jsonb_build_object('version', s."version") || s."scheme" ORDER BY s."version"), '[]')
                          FROM "SchemeVersion" s WHERE s."projectId" = p."id" AND s."version" <> p."schemeVersion"),
    'guideline_versions', (SELECT coalesce(json_agg(json_build_object('version', g."version", 'markdown', g."markdown") ORDER BY g."version"), '[]')
                             FROM "GuidelineVersion" g WHERE g."projectId" = p."id" AND g."version" <> p."guidelineVersion"),
    'extra', p."extra" - 'policies'))::text AS "line"
  FROM "Project" p WHERE p."id" = $1`;
