// gradient by filter 3×3, for conv 2 of ResNet-8 (width 8, 32 images of 14×14): 44 × 1 workgroups.

struct Run { images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32 }
@group(0) @binding(0) var<uniform> run: Run;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> xNorm: array<vec4f>;
@group(0) @binding(3) var<storage, read> dz: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> partial: array<vec4f>;
@group(0) @binding(5) var<storage, read> normSums: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> shiftGradient: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> scaleGradient: array<vec4f>;
@group(0) @binding(8) var<storage, read_write> means: array<vec4f>;
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
fn normGradient(group: u32, local: u32) {
  let count = run.images * 196u;
  let parts = (count + 127u) / 128u;
  var mine = vec4f();
  var mineAlong = vec4f();
  for (var i = local; i < parts; i += 64u) {
    let at = (i * 2u + group) * 2u;
    mine += normSums[at];
    mineAlong += normSums[at + 1u];
  }
  let total = workgroupSum(mine, local);
  let along = workgroupSum(mineAlong, local);
  if (local == 0u) {
    shiftGradient[group] = total;
    scaleGradient[group] = along;
    means[group] = total / f32(count);
    means[2u + group] = along / f32(count);
  }
}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  if (workgroup.x >= 42u) { normGradient(workgroup.x - 42u, local); return; }
  let id = workgroup.x * 64u + local;
  let split = id / 6u;
  if (split >= 448u) { return; }
  let firstPack = id % 1u * 2u;
  let c = id / 1u % 2u;
  let ky = i32(id / 2u % 3u);
  let xSlope = xNorm[4u + c];
  let xIntercept = xNorm[6u + c];
  var d0_0_0 = vec4f();
  var d0_0_1 = vec4f();
  var d0_1_0 = vec4f();
  var d0_1_1 = vec4f();
  var d0_2_0 = vec4f();
  var d0_2_1 = vec4f();
  var d0_3_0 = vec4f();
  var d0_3_1 = vec4f();
  var d1_0_0 = vec4f();
  var d1_0_1 = vec4f();
  var d1_1_0 = vec4f();
  var d1_1_1 = vec4f();
  var d1_2_0 = vec4f();
  var d1_2_1 = vec4f();
  var d1_3_0 = vec4f();
  var d1_3_1 = vec4f();
  var d2_0_0 = vec4f();
  var d2_0_1 = vec4f();
  var d2_1_0 = vec4f();
  var d2_1_1 = vec4f();
  var d2_2_0 = vec4f();
  var d2_2_1 = vec4f();
  var d2_3_0 = vec4f();
  var d2_3_1 = vec4f();
  let rows = run.images * 14u;
  let each = (rows + 447u) / 448u;
  for (var index = split * each; index < min(rows, (split + 1u) * each); index++) {
    let image = index / 14u;
    let fromRow = i32(index % 14u) * 1 + ky - 1;
    if (fromRow < 0 || fromRow >= 14) { continue; }
    for (var x0 = 0; x0 < 14; x0 += 7) {
      let baseColumn = x0;
      let origin = (i32(image * 14u) + fromRow) * 14 + baseColumn;
      let to = (index * 14u + u32(x0)) * 2u + firstPack;
      var vm1 = vec4f();
      if (baseColumn >= 1) { vm1 = max((xSlope * x[u32(origin + -1) * 2u + c] + xIntercept), vec4f(0.0)); }
      let v0 = max((xSlope * x[u32(origin + 0) * 2u + c] + xIntercept), vec4f(0.0));
      let v1 = max((xSlope * x[u32(origin + 1) * 2u + c] + xIntercept), vec4f(0.0));
      let v2 = max((xSlope * x[u32(origin + 2) * 2u + c] + xIntercept), vec4f(0.0));
      let v3 = max((xSlope * x[u32(origin + 3) * 2u + c] + xIntercept), vec4f(0.0));
      let v4 = max((xSlope * x[u32(origin + 4) * 2u + c] + xIntercept), vec4f(0.0));
      let v5 = max((xSlope * x[u32(origin + 5) * 2u + c] + xIntercept), vec4f(0.0));
      let v6 = max((xSlope * x[u32(origin + 6) * 2u + c] + xIntercept), vec4f(0.0));
      var v7 = vec4f();
      if (baseColumn < 7) { v7 = max((xSlope * x[u32(origin + 7) * 2u + c] + xIntercept), vec4f(0.0)); }
      let g0_0 = dz[to + 0u];
      let g0_1 = dz[to + 1u];
      let g1_0 = dz[to + 2u];
      let g1_1 = dz[to + 3u];
      let g2_0 = dz[to + 4u];
      let g2_1 = dz[to + 5u];
      let g3_0 = dz[to + 6u];
      let g3_1 = dz[to + 7u];
      let g4_0 = dz[to + 8u];
      let g4_1 = dz[to + 9u];
      let g5_0 = dz[to + 10u];
      let g5_1 = dz[to + 11u];
      let g6_0 = dz[to + 12u];
      let g6_1 = dz[to + 13u];
      d0_0_0 += vm1[0] * g0_0 + v0[0] * g1_0 + v1[0] * g2_0 + v2[0] * g3_0 + v3[0] * g4_0 + v4[0] * g5_0 + v5[0] * g6_0;
      d0_0_1 += vm1[0] * g0_1 + v0[0] * g1_1 + v1[0] * g2_1 + v2[0] * g3_1 + v3[0] * g4_1 + v4[0] * g5_1 + v5[0] * g6_1;
      d0_1_0 += vm1[1] * g0_0 + v0[1] * g1_0 + v1[1] * g2_0 + v2[1] * g3_0 + v3[1] * g4_0 + v4[1] * g5_0 + v5[1] * g6_0;
      d0_1_1 += vm1[1] * g0_1 + v0[1] * g1_1 + v1[1] * g2_1 + v2[1] * g3_1 + v3[1] * g4_1 + v4[1] * g5_1 + v5[1] * g6_1;
      d0_2_0 += vm1[2] * g0_0 + v0[2] * g1_0 + v1[2] * g2_0 + v2[2] * g3_0 + v3[2] * g4_0 + v4[2] * g5_0 + v5[2] * g6_0;
      d0_2_1 += vm1[2] * g0_1 + v0[2] * g1_1 + v1[2] * g2_1 + v2[2] * g3_1 + v3[2] * g4_1 + v4[2] * g5_1 + v5[2] * g6_1;
      d0_3_0 += vm1[3] * g0_0 + v0[3] * g1_0 + v1[3] * g2_0 + v2[3] * g3_0 + v3[3] * g4_0 + v4[3] * g5_0 + v5[3] * g6_0;
      d0_3_1 += vm1[3] * g0_1 + v0[3] * g1_1 + v1[3] * g2_1 + v2[3] * g3_1 + v3[3] * g4_1 + v4[3] * g5_1 + v5[3] * g6_1;
      d1_0_0 += v0[0] * g0_0 + v1[0] * g1_0 + v2[0] * g2_0 + v3[0] * g3_0 + v4[0] * g4_0 + v5[0] * g5_0 + v6[0] * g6_0;
      d1_0_1 += v0[0] * g0_1 + v1[0] * g1_1 + v2[0] * g2_1 + v3[0] * g3_1 + v4[0] * g4_1 + v5[0] * g5_1 + v6[0] * g6_1;
      d1_1_0 += v0[1] * g0_0 + v1[1] * g1_0 + v2[1] * g2_0 + v3[1] * g3_0 + v4[1] * g4_0 + v5[1] * g5_0 + v6[1] * g6_0;
      d1_1_1 += v0[1] * g0_1 + v1[1] * g1_1 + v2[1] * g2_1 + v3[1] * g3_1 + v4[1] * g4_1 + v5[1] * g5_1 + v6[1] * g6_1;
      d1_2_0 += v0[2] * g0_0 + v1[2] * g1_0 + v2[2] * g2_0 + v3[2] * g3_0 + v4[2] * g4_0 + v5[2] * g5_0 + v6[2] * g6_0;
      d1_2_1 += v0[2] * g0_1 + v1[2] * g1_1 + v2[2] * g2_1 + v3[2] * g3_1 + v4[2] * g4_1 + v5[2] * g5_1 + v6[2] * g6_1;
      d1_3_0 += v0[3] * g0_0 + v1[3] * g1_0 + v2[3] * g2_0 + v3[3] * g3_0 + v4[3] * g4_0 + v5[3] * g5_0 + v6[3] * g6_0;
      d1_3_1 += v0[3] * g0_1 + v1[3] * g1_1 + v2[3] * g2_1 + v3[3] * g3_1 + v4[3] * g4_1 + v5[3] * g5_1 + v6[3] * g6_1;
      d2_0_0 += v1[0] * g0_0 + v2[0] * g1_0 + v3[0] * g2_0 + v4[0] * g3_0 + v5[0] * g4_0 + v6[0] * g5_0 + v7[0] * g6_0;
      d2_0_1 += v1[0] * g0_1 + v2[0] * g1_1 + v3[0] * g2_1 + v4[0] * g3_1 + v5[0] * g4_1 + v6[0] * g5_1 + v7[0] * g6_1;
      d2_1_0 += v1[1] * g0_0 + v2[1] * g1_0 + v3[1] * g2_0 + v4[1] * g3_0 + v5[1] * g4_0 + v6[1] * g5_0 + v7[1] * g6_0;
      d2_1_1 += v1[1] * g0_1 + v2[1] * g1_1 + v3[1] * g2_1 + v4[1] * g3_1 + v5[1] * g4_1 + v6[1] * g5_1 + v7[1] * g6_1;
      d2_2_0 += v1[2] * g0_0 + v2[2] * g1_0 + v3[2] * g2_0 + v4[2] * g3_0 + v5[2] * g4_0 + v6[2] * g5_0 + v7[2] * g6_0;
      d2_2_1 += v1[2] * g0_1 + v2[2] * g1_1 + v3[2] * g2_1 + v4[2] * g3_1 + v5[2] * g4_1 + v6[2] * g5_1 + v7[2] * g6_1;
      d2_3_0 += v1[3] * g0_0 + v2[3] * g1_0 + v3[3] * g2_0 + v4[3] * g3_0 + v5[3] * g4_0 + v6[3] * g5_0 + v7[3] * g6_0;
      d2_3_1 += v1[3] * g0_1 + v2[3] * g1_1 + v3[3] * g2_1 + v4[3] * g3_1 + v5[3] * g4_1 + v6[3] * g5_1 + v7[3] * g6_1;
    }
  }
  partial[split * 144u + ((u32(ky) * 3u + 0u) * 8u + c * 4u + 0u) * 2u + firstPack + 0u] = d0_0_0;
  partial[split * 144u + ((u32(ky) * 3u + 0u) * 8u + c * 4u + 0u) * 2u + firstPack + 1u] = d0_0_1;
  partial[split * 144u + ((u32(ky) * 3u + 0u) * 8u + c * 4u + 1u) * 2u + firstPack + 0u] = d0_1_0;
  partial[split * 144u + ((u32(ky) * 3u + 0u) * 8u + c * 4u + 1u) * 2u + firstPack + 1u] = d0_1_1;
  partial[split * 144u + ((u32(ky) * 3u + 0u) * 8u + c * 4u + 2u) * 2u + firstPack + 0u] = d0_2_0;
  partial[split * 144u + ((u32(ky) * 3u + 0u) * 8u + c * 4u + 2u) * 2u + firstPack + 1u] = d0_2_1;
  partial[split * 144u + ((u32(ky) * 3u + 0u) * 8u + c * 4u + 3u) * 2u + firstPack + 0u] = d0_3_0;
  partial[split * 144u + ((u32(ky) * 3u + 0u) * 8u + c * 4u + 3u) * 2u + firstPack + 1u] = d0_3_1;
  partial[split * 144u + ((u32(ky) * 3u + 1u) * 8u + c * 4u + 0u) * 2u + firstPack + 0u] = d1_0_0;
  partial[split * 144u + ((u32(ky) * 3u + 1u) * 8u + c * 4u + 0u) * 2u + firstPack + 1u] = d1_0_1;
  partial[split * 144u + ((u32(ky) * 3u + 1u) * 8u + c * 4u + 1u) * 2u + firstPack + 0u] = d1_1_0;
  partial[split * 144u + ((u32(ky) * 3u + 1u) * 8u + c * 4u + 1u) * 2u + firstPack + 1u] = d1_1_1;
  partial[split * 144u + ((u32(ky) * 3u + 1u) * 8u + c * 4u + 2u) * 2u + firstPack + 0u] = d1_2_0;
  partial[split * 144u + ((u32(ky) * 3u + 1u) * 8u + c * 4u + 2u) * 2u + firstPack + 1u] = d1_2_1;
  partial[split * 144u + ((u32(ky) * 3u + 1u) * 8u + c * 4u + 3u) * 2u + firstPack + 0u] = d1_3_0;
  partial[split * 144u + ((u32(ky) * 3u + 1u) * 8u + c * 4u + 3u) * 2u + firstPack + 1u] = d1_3_1;
  partial[split * 144u + ((u32(ky) * 3u + 2u) * 8u + c * 4u + 0u) * 2u + firstPack + 0u] = d2_0_0;
  partial[split * 144u + ((u32(ky) * 3u + 2u) * 8u + c * 4u + 0u) * 2u + firstPack + 1u] = d2_0_1;
  partial[split * 144u + ((u32(ky) * 3u + 2u) * 8u + c * 4u + 1u) * 2u + firstPack + 0u] = d2_1_0;
  partial[split * 144u + ((u32(ky) * 3u + 2u) * 8u + c * 4u + 1u) * 2u + firstPack + 1u] = d2_1_1;
  partial[split * 144u + ((u32(ky) * 3u + 2u) * 8u + c * 4u + 2u) * 2u + firstPack + 0u] = d2_2_0;
  partial[split * 144u + ((u32(ky) * 3u + 2u) * 8u + c * 4u + 2u) * 2u + firstPack + 1u] = d2_2_1;
  partial[split * 144u + ((u32(ky) * 3u + 2u) * 8u + c * 4u + 3u) * 2u + firstPack + 0u] = d2_3_0;
  partial[split * 144u + ((u32(ky) * 3u + 2u) * 8u + c * 4u + 3u) * 2u + firstPack + 1u] = d2_3_1;
}
