/** What a SCORM 1.2 package says of itself (ADL, SCORM 1.2 Content Aggregation Model, in the form of IMS Content Packaging 1.1.2). */

export interface Manifest {
  readonly title: string;
  /** Paths in the package; the first is what the LMS launches. */
  readonly files: readonly [string, ...string[]];
}

/** The most characters of a title (IMS CP 1.1.2). */
const MOST_CHARACTERS = 200;

/** The text of `imsmanifest.xml`. */
export function manifestOf({ title, files }: Manifest): string {
  const shown = escapedXml([...title].slice(0, MOST_CHARACTERS).join(''));
  const [launched] = files;
  const href = (path: string) => `href="${escapedXml(encodeURI(path))}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="depthscope-${hashOf(title + files.join())}" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>${shown}</title>
      <item identifier="experiment" identifierref="page" isvisible="true">
        <title>${shown}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" ${href(launched)}>
${files.map((path) => `      <file ${href(path)} />`).join('\n')}
    </resource>
  </resources>
</manifest>
`;
}

/** XML takes no control characters, however they are written. */
export function escapedXml(value: string): string {
  return value
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Eight hex digits that tell packages apart (FNV-1a, 32 bits). */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
