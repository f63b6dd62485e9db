// convolve 3×3, for conv 2 of ResNet-8 (width 8, 32 images of 14×14): 49 × 1 workgroups.

struct Run { images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32 }
@group(0) @binding(0) var<uniform> run: Run;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> xNorm: array<vec4f>;
@group(0) @binding(3) var<storage, read> w: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> z: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> sums: array<vec4f>;
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
    let to = ((image * 14u + u32(row)) * 14u + u32(x0)) * 2u + firstPack;
    for (var ky = 0; ky < 3; ky++) {
      let fromRow = row * 1 + ky - 1;
      if (fromRow < 0 || fromRow >= 14) { continue; }
      let baseColumn = x0;
      let origin = (i32(image * 14u) + fromRow) * 14 + baseColumn;
      {
        let xSlope = xNorm[4u + 0u];
        let xIntercept = xNorm[6u + 0u];
        var vm1 = vec4f();
        if (baseColumn >= 1) { vm1 = max((xSlope * x[u32(origin + -1) * 2u + 0u] + xIntercept), vec4f(0.0)); }
        let v0 = max((xSlope * x[u32(origin + 0) * 2u + 0u] + xIntercept), vec4f(0.0));
        let v1 = max((xSlope * x[u32(origin + 1) * 2u + 0u] + xIntercept), vec4f(0.0));
        var v2 = vec4f();
        if (baseColumn < 12) { v2 = max((xSlope * x[u32(origin + 2) * 2u + 0u] + xIntercept), vec4f(0.0)); }
        {
          let m0 = mat4x4f(w[(u32(ky) * 3u + 0u) * 16u + (0u * 4u + 0u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 0u) * 16u + (0u * 4u + 1u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 0u) * 16u + (0u * 4u + 2u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 0u) * 16u + (0u * 4u + 3u) * 2u + firstPack + 0u]);
          let m1 = mat4x4f(w[(u32(ky) * 3u + 1u) * 16u + (0u * 4u + 0u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 1u) * 16u + (0u * 4u + 1u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 1u) * 16u + (0u * 4u + 2u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 1u) * 16u + (0u * 4u + 3u) * 2u + firstPack + 0u]);
          let m2 = mat4x4f(w[(u32(ky) * 3u + 2u) * 16u + (0u * 4u + 0u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 2u) * 16u + (0u * 4u + 1u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 2u) * 16u + (0u * 4u + 2u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 2u) * 16u + (0u * 4u + 3u) * 2u + firstPack + 0u]);
          a0_0 += m0 * vm1 + m1 * v0 + m2 * v1;
          a1_0 += m0 * v0 + m1 * v1 + m2 * v2;
        }
        {
          let m0 = mat4x4f(w[(u32(ky) * 3u + 0u) * 16u + (0u * 4u + 0u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 0u) * 16u + (0u * 4u + 1u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 0u) * 16u + (0u * 4u + 2u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 0u) * 16u + (0u * 4u + 3u) * 2u + firstPack + 1u]);
          let m1 = mat4x4f(w[(u32(ky) * 3u + 1u) * 16u + (0u * 4u + 0u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 1u) * 16u + (0u * 4u + 1u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 1u) * 16u + (0u * 4u + 2u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 1u) * 16u + (0u * 4u + 3u) * 2u + firstPack + 1u]);
          let m2 = mat4x4f(w[(u32(ky) * 3u + 2u) * 16u + (0u * 4u + 0u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 2u) * 16u + (0u * 4u + 1u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 2u) * 16u + (0u * 4u + 2u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 2u) * 16u + (0u * 4u + 3u) * 2u + firstPack + 1u]);
          a0_1 += m0 * vm1 + m1 * v0 + m2 * v1;
          a1_1 += m0 * v0 + m1 * v1 + m2 * v2;
        }
      }
      {
        let xSlope = xNorm[4u + 1u];
        let xIntercept = xNorm[6u + 1u];
        var vm1 = vec4f();
        if (baseColumn >= 1) { vm1 = max((xSlope * x[u32(origin + -1) * 2u + 1u] + xIntercept), vec4f(0.0)); }
        let v0 = max((xSlope * x[u32(origin + 0) * 2u + 1u] + xIntercept), vec4f(0.0));
        let v1 = max((xSlope * x[u32(origin + 1) * 2u + 1u] + xIntercept), vec4f(0.0));
        var v2 = vec4f();
        if (baseColumn < 12) { v2 = max((xSlope * x[u32(origin + 2) * 2u + 1u] + xIntercept), vec4f(0.0)); }
        {
          let m0 = mat4x4f(w[(u32(ky) * 3u + 0u) * 16u + (1u * 4u + 0u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 0u) * 16u + (1u * 4u + 1u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 0u) * 16u + (1u * 4u + 2u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 0u) * 16u + (1u * 4u + 3u) * 2u + firstPack + 0u]);
          let m1 = mat4x4f(w[(u32(ky) * 3u + 1u) * 16u + (1u * 4u + 0u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 1u) * 16u + (1u * 4u + 1u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 1u) * 16u + (1u * 4u + 2u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 1u) * 16u + (1u * 4u + 3u) * 2u + firstPack + 0u]);
          let m2 = mat4x4f(w[(u32(ky) * 3u + 2u) * 16u + (1u * 4u + 0u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 2u) * 16u + (1u * 4u + 1u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 2u) * 16u + (1u * 4u + 2u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 2u) * 16u + (1u * 4u + 3u) * 2u + firstPack + 0u]);
          a0_0 += m0 * vm1 + m1 * v0 + m2 * v1;
          a1_0 += m0 * v0 + m1 * v1 + m2 * v2;
        }
        {
          let m0 = mat4x4f(w[(u32(ky) * 3u + 0u) * 16u + (1u * 4u + 0u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 0u) * 16u + (1u * 4u + 1u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 0u) * 16u + (1u * 4u + 2u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 0u) * 16u + (1u * 4u + 3u) * 2u + firstPack + 1u]);
          let m1 = mat4x4f(w[(u32(ky) * 3u + 1u) * 16u + (1u * 4u + 0u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 1u) * 16u + (1u * 4u + 1u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 1u) * 16u + (1u * 4u + 2u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 1u) * 16u + (1u * 4u + 3u) * 2u + firstPack + 1u]);
          let m2 = mat4x4f(w[(u32(ky) * 3u + 2u) * 16u + (1u * 4u + 0u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 2u) * 16u + (1u * 4u + 1u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 2u) * 16u + (1u * 4u + 2u) * 2u + firstPack + 1u], w[(u32(ky) * 3u + 2u) * 16u + (1u * 4u + 3u) * 2u + firstPack + 1u]);
          a0_1 += m0 * vm1 + m1 * v0 + m2 * v1;
          a1_1 += m0 * v0 + m1 * v1 + m2 * v2;
        }
      }
    }
    z[to + 0u] = a0_0;
    z[to + 1u] = a0_1;
    z[to + 2u] = a1_0;
    z[to + 3u] = a1_1;
  }
  {
    let part = workgroup.x;
    let members = f32(min(runs - workgroup.x * 64u, 64u) * 2u);
    let sum = workgroupSum(select(vec4f(), a0_0 + a1_0, working), local);
    let mean = sum / members;
    let squares = workgroupSum(select(vec4f(), (a0_0 - mean) * (a0_0 - mean) + (a1_0 - mean) * (a1_0 - mean), working), local);
    if (local == 0u) {
      let at = (part * 2u + firstPack + 0u) * 2u;
      sums[at + 0u] = sum;
      sums[at + 1u] = squares;
    }
  }
  {
    let part = workgroup.x;
    let members = f32(min(runs - workgroup.x * 64u, 64u) * 2u);
    let sum = workgroupSum(select(vec4f(), a0_1 + a1_1, working), local);
    let mean = sum / members;
    let squares = workgroupSum(select(vec4f(), (a0_1 - mean) * (a0_1 - mean) + (a1_1 - mean) * (a1_1 - mean), working), local);
    if (local == 0u) {
      let at = (part * 2u + firstPack + 1u) * 2u;
      sums[at + 0u] = sum;
      sums[at + 1u] = squares;
    }
  }
}
