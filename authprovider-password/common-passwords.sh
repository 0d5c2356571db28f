#!/usr/bin/env bash
# Makes the list of common passwords anew, the same from the same release: needs npm and node.
#   authprovider-password/common-passwords.sh
set -euo pipefail

package=@zxcvbn-ts/language-common@4.1.3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
list=$here/src/main/resources/io/sallyport/authprovider/password/internal/common-passwords.txt

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$package" >/dev/null && tar -xzf ./*.tgz)

{
  cat <<END
Common passwords of five or more characters: lower case, sorted by their bytes, one a line below
the first empty line. Made by common-passwords.sh from passwords.json of the npm package
$package, https://github.com/zxcvbn-ts/zxcvbn, under the MIT License:
|
END
  sed -e 's/^/| /' -e 's/ *$//' "$work/package/LICENSE.txt"
  echo
  node -e '
    const words = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    const kept = words.map(word => word.toLowerCase()).filter(word => /^[!-~]{5,}$/.test(word));
    process.stdout.write([...new Set(kept)].sort().join("\n") + "\n");
  ' "$work/package/src/passwords.json"
} > "$work/list"
mv "$work/list" "$list"
