import { lanceStore, type LanceDb } from "@nearfar/search";
import { temporaryFolder } from "@nearfar/testing";
import { describe, expect, it } from "vitest";
import { optionalPackage } from "../../../test/optional/optionalPackage.ts";

const lancedb = optionalPackage("@lancedb/lancedb");

describe.skipIf(lancedb.missing)(`lanceStore ${lancedb.reason}`, () => {
  it("reads a table without fields, as it once wrote them, and gives it fields with the next rows", async () => {
    const module = (await lancedb.load()) as LanceDb;
    const folder = temporaryFolder();
    const connection = await module.connect(folder);
    await connection.createTable("vectors", [{ id: "old", vector: [0.6, 0.8] }]);
    const store = await lanceStore(folder, { module });
    const query = Float32Array.of(3, 4);
    expect((await store.search(query, 2))[0]).toEqual({ id: "old", score: expect.closeTo(1, 6) as number });
    expect(await store.search(query, 2, { where: { colour: "red" } })).toEqual([]);
    await store.add([{ id: "new", vector: Float32Array.of(1, 0), fields: { colour: "red" } }]);
    expect((await store.search(query, 2)).map(({ id }) => id)).toEqual(["old", "new"]);
    expect((await store.search(query, 2, { where: { colour: "red" } })).map(({ id }) => id)).toEqual(["new"]);
    await store.close();
  });

  it("refuses a table of another form", async () => {
    const module = (await lancedb.load()) as LanceDb;
    const folder = temporaryFolder();
    await (await module.connect(folder)).createTable("vectors", [{ name: "a" }]);
    await expect(lanceStore(folder, { module })).rejects.toThrow("has columns id and vector, of one width; got name");
  });
});

describe("lanceStore without LanceDB", () => {
  it("says what to install", async () => {
    await expect(lanceStore(temporaryFolder())).rejects.toThrow("npm install @lancedb/lancedb");
  });
});
