// The word of nginx for who somebody is, as `deid review` takes it: a token for one request, signed
// with the key that both have. For nginx with njs 0.7 and newer (Debian: libnginx-mod-http-js).
import crypto from "crypto";
import fs from "fs";

const KEY_FILE = "/etc/nginx/desk.key"; // the same characters as review.proxy.key_file
const part = (told) => Buffer.from(JSON.stringify(told)).toString("base64url");

function assertion(r) {
  const now = Math.floor(Date.now() / 1000);
  const signed = [
    part({ alg: "HS256", typ: "JWT" }),
    part({
      aud: "deid-review",
      sub: r.variables.desk_user,
      iat: now,
      exp: now + 60,
      jti: r.variables.request_id,
      method: r.variables.request_method,
      target: r.variables.request_uri,
    }),
  ].join(".");
  const key = fs.readFileSync(KEY_FILE, "utf8").trim();
  return `${signed}.${crypto.createHmac("sha256", key).update(signed).digest("base64url")}`;
}

export default { assertion };
