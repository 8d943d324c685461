/** Every path begins with the contract's major version. */
export default function versioned(contract) {
  const major = `/v${String(contract.info?.version).split(".")[0]}/`;
  return Object.keys(contract.paths ?? {})
    .filter((path) => !path.startsWith(major))
    .map((path) => ({ message: `${path} does not begin with ${major}`, path: ["paths", path] }));
}
