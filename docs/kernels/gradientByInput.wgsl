// gradient by input 3×3, for conv 3 of ResNet-8 (width 8, 32 images of 14×14): 49 × 1 workgroups.

struct Run { images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32 }
@group(0) @binding(0) var<uniform> run: Run;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> w: array<vec4f>;
@group(0) @binding(3) var<storage, read> z: array<vec4f>;
@group(0) @binding(4) var<storage, read> zNorm: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> g: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> sums: array<vec4f>;
const LEAKY_SLOPE = 0.01;
var<workgroup> shared4: array<vec4f, 64>;
fn workgroupSum(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride /= 2u) {
    if (local < stride) { shared4[local] = shared4[local] + shared4[local + stride]; }
    workgroupBarrier();
  }
  return shared4[0];
}
fn workgroupMax(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride /= 2u) {
    if (local < stride) { shared4[local] = max(shared4[local], shared4[local + stride]); }
    workgroupBarrier();
  }
  return shared4[0];
}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  let id = workgroup.x * 64u + local;
  let runs = run.images * 98u;
  let working = id < runs;
  let image = id / 98u;
  let row = i32(id / 7u % 14u);
  let x0 = i32(id % 7u) * 2;
  let firstPack = workgroup.y * 2u;
  var a0_0 = vec4f();
  var a0_1 = vec4f();
  var a1_0 = vec4f();
  var a1_1 = vec4f();
  if (working) {
    for (var ky = 0; ky < 3; ky++) {
      let fromRow = row + 1 - ky;
      if (fromRow < 0 || fromRow >= 14) { continue; }
      let baseColumn = x0;
      let origin = (i32(image * 14u) + fromRow) * 14 + baseColumn;
      {
        var vm1 = vec4f();
        if (baseColumn >= 1) { vm1 = x[u32(origin + -1) * 2u + 0u]; }
        let v0 = x[u32(origin + 0) * 2u + 0u];
        let v1 = x[u32(origin + 1) * 2u + 0u];
        var v2 = vec4f();
        if (baseColumn < 12) { v2 = x[u32(origin + 2) * 2u + 0u]; }
        {
          let m0 = mat4x4f(w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 0u) * 2u + 0u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 1u) * 2u + 0u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 2u) * 2u + 0u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 3u) * 2u + 0u]);
          let m1 = mat4x4f(w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 0u) * 2u + 0u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 1u) * 2u + 0u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 2u) * 2u + 0u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 3u) * 2u + 0u]);
          let m2 = mat4x4f(w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 0u) * 2u + 0u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 1u) * 2u + 0u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 2u) * 2u + 0u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 3u) * 2u + 0u]);
          a0_0 += v1 * m0 + v0 * m1 + vm1 * m2;
          a1_0 += v2 * m0 + v1 * m1 + v0 * m2;
        }
        {
          let m0 = mat4x4f(w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 1u) * 4u + 0u) * 2u + 0u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 1u) * 4u + 1u) * 2u + 0u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 1u) * 4u + 2u) * 2u + 0u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 1u) * 4u + 3u) * 2u + 0u]);
          let m1 = mat4x4f(w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 1u) * 4u + 0u) * 2u + 0u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 1u) * 4u + 1u) * 2u + 0u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 1u) * 4u + 2u) * 2u + 0u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 1u) * 4u + 3u) * 2u + 0u]);
          let m2 = mat4x4f(w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 1u) * 4u + 0u) * 2u + 0u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 1u) * 4u + 1u) * 2u + 0u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 1u) * 4u + 2u) * 2u + 0u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 1u) * 4u + 3u) * 2u + 0u]);
          a0_1 += v1 * m0 + v0 * m1 + vm1 * m2;
          a1_1 += v2 * m0 + v1 * m1 + v0 * m2;
        }
      }
      {
        var vm1 = vec4f();
        if (baseColumn >= 1) { vm1 = x[u32(origin + -1) * 2u + 1u]; }
        let v0 = x[u32(origin + 0) * 2u + 1u];
        let v1 = x[u32(origin + 1) * 2u + 1u];
        var v2 = vec4f();
        if (baseColumn < 12) { v2 = x[u32(origin + 2) * 2u + 1u]; }
        {
          let m0 = mat4x4f(w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 0u) * 2u + 1u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 1u) * 2u + 1u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 2u) * 2u + 1u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 3u) * 2u + 1u]);
          let m1 = mat4x4f(w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 0u) * 2u + 1u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 1u) * 2u + 1u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 2u) * 2u + 1u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 3u) * 2u + 1u]);
          let m2 = mat4x4f(w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 0u) * 2u + 1u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 1u) * 2u + 1u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 2u) * 2u + 1u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 3u) * 2u + 1u]);
          a0_0 += v1 * m0 + v0 * m1 + vm1 * m2;
          a1_0 += v2 * m0 + v1 * m1 + v0 * m2;
        }
        {
          let m0 = mat4x4f(w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 1u) * 4u + 0u) * 2u + 1u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 1u) * 4u + 1u) * 2u + 1u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 1u) * 4u + 2u) * 2u + 1u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 1u) * 4u + 3u) * 2u + 1u]);
          let m1 = mat4x4f(w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 1u) * 4u + 0u) * 2u + 1u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 1u) * 4u + 1u) * 2u + 1u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 1u) * 4u + 2u) * 2u + 1u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 1u) * 4u + 3u) * 2u + 1u]);
          let m2 = mat4x4f(w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 1u) * 4u + 0u) * 2u + 1u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 1u) * 4u + 1u) * 2u + 1u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 1u) * 4u + 2u) * 2u + 1u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 1u) * 4u + 3u) * 2u + 1u]);
          a0_1 += v1 * m0 + v0 * m1 + vm1 * m2;
          a1_1 += v2 * m0 + v1 * m1 + v0 * m2;
        }
      }
    }
  }
  {
    let pack = firstPack + 0u;
    var total = vec4f();
    var along = vec4f();
    if (working) {
      let zMean = zNorm[0u + pack];
      let zInverseStd = zNorm[2u + pack];
      let zSlope = zNorm[4u + pack];
      let zIntercept = zNorm[6u + pack];
      {
        let pixelRow = u32(row);
        let pixelColumn = u32(x0) + 0u;
        let at = ((image * 14u + pixelRow) * 14u + pixelColumn) * 2u + pack;
        let raw = z[at];
        let out = max((zSlope * raw + zIntercept), vec4f(0.0));
        a0_0 *= select(vec4f(0.0), vec4f(1.0), out > vec4f(0.0));
        g[at] = a0_0;
        total += a0_0;
        along += a0_0 * ((raw - zMean) * zInverseStd);
      }
      {
        let pixelRow = u32(row);
        let pixelColumn = u32(x0) + 1u;
        let at = ((image * 14u + pixelRow) * 14u + pixelColumn) * 2u + pack;
        let raw = z[at];
        let out = max((zSlope * raw + zIntercept), vec4f(0.0));
        a1_0 *= select(vec4f(0.0), vec4f(1.0), out > vec4f(0.0));
        g[at] = a1_0;
        total += a1_0;
        along += a1_0 * ((raw - zMean) * zInverseStd);
      }
    }
    {
      let part = workgroup.x;
      let totalOfAll = workgroupSum(total, local);
      let alongOfAll = workgroupSum(along, local);
      if (local == 0u) {
        sums[(part * 2u + pack) * 2u] = totalOfAll;
        sums[(part * 2u + pack) * 2u + 1u] = alongOfAll;
      }
    }
  }
  {
    let pack = firstPack + 1u;
    var total = vec4f();
    var along = vec4f();
    if (working) {
      let zMean = zNorm[0u + pack];
      let zInverseStd = zNorm[2u + pack];
      let zSlope = zNorm[4u + pack];
      let zIntercept = zNorm[6u + pack];
      {
        let pixelRow = u32(row);
        let pixelColumn = u32(x0) + 0u;
        let at = ((image * 14u + pixelRow) * 14u + pixelColumn) * 2u + pack;
        let raw = z[at];
        let out = max((zSlope * raw + zIntercept), vec4f(0.0));
        a0_1 *= select(vec4f(0.0), vec4f(1.0), out > vec4f(0.0));
        g[at] = a0_1;
        total += a0_1;
        along += a0_1 * ((raw - zMean) * zInverseStd);
      }
      {
        let pixelRow = u32(row);
        let pixelColumn = u32(x0) + 1u;
        let at = ((image * 14u + pixelRow) * 14u + pixelColumn) * 2u + pack;
        let raw = z[at];
        let out = max((zSlope * raw + zIntercept), vec4f(0.0));
        a1_1 *= select(vec4f(0.0), vec4f(1.0), out > vec4f(0.0));
        g[at] = a1_1;
        total += a1_1;
        along += a1_1 * ((raw - zMean) * zInverseStd);
      }
    }
    {
      let part = workgroup.x;
      let totalOfAll = workgroupSum(total, local);
      let alongOfAll = workgroupSum(along, local);
      if (local == 0u) {
        sums[(part * 2u + pack) * 2u] = totalOfAll;
        sums[(part * 2u + pack) * 2u + 1u] = alongOfAll;
      }
    }
  }
}
