// convolve 3×3, for conv 2 of ResNet-8 (width 8, 32 images of 14×14): 14 × 2 workgroups.

struct Run { images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32 }
@group(0) @binding(0) var<uniform> run: Run;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> xSums: array<vec4f>;
@group(0) @binding(3) var<storage, read> xScale: array<vec4f>;
@group(0) @binding(4) var<storage, read> xShift: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> xNorm: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> xResponse: array<vec4f>;
@group(0) @binding(7) var<storage, read> w: array<vec4f>;
@group(0) @binding(8) var<storage, read_write> z: array<vec4f>;
@group(0) @binding(9) var<storage, read_write> sums: array<vec4f>;
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
var<workgroup> xFinished: array<vec4f, 4>;
fn xSum(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = 32u; stride >= 2u; stride /= 2u) {
    if (local < stride) { shared4[local] += shared4[local + stride]; }
    workgroupBarrier();
  }
  return shared4[local % 2u];
}
fn xFinish(isFirst: bool, local: u32) {
  let pack = min(local % 2u, 1u);
  let lane = local / 2u;
  let count = run.images * 196u;
  let parts = (count + 447u) / 448u;
  var sum = vec4f();
  for (var i = lane; i < parts; i += 32u) {
    let at = (i * 2u + pack) * 2u;
    let members = f32(min(448u, count - i * 448u));
    sum += xSums[at];
  }
  let mean = xSum(sum, local) / f32(count);
  var squares = vec4f();
  for (var i = lane; i < parts; i += 32u) {
    let at = (i * 2u + pack) * 2u;
    let members = f32(min(448u, count - i * 448u));
    let off = xSums[at] / members - mean;
    squares += xSums[at + 1u] + members * off * off;
  }
  let variance = xSum(squares, local) / f32(count);
  let deviation = sqrt(variance);
  if (local < 2u) {
    let inverseStd = inverseSqrt(variance + 0.00001);
    let slope = xScale[pack] * inverseStd;
    let intercept = xShift[pack] - slope * mean;
    if (isFirst) {
      xNorm[0u + pack] = mean;
      xNorm[2u + pack] = inverseStd;
      xNorm[4u + pack] = slope;
      xNorm[6u + pack] = intercept;
      xResponse[pack] = xShift[pack];
      xResponse[2u + pack] = abs(slope) * deviation;
    }
    xFinished[pack] = slope;
    xFinished[2u + pack] = intercept;
  }
  workgroupBarrier();
}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  xFinish(all(workgroup == vec3u()), local);
  let id = workgroup.x * 64u + local;
  let runs = run.images * 28u;
  let working = id < runs;
  let image = id / 28u;
  let row = i32(id / 2u % 14u);
  let x0 = i32(id % 2u) * 7;
  let firstPack = workgroup.y * 1u;
  var a0_0 = vec4f();
  var a1_0 = vec4f();
  var a2_0 = vec4f();
  var a3_0 = vec4f();
  var a4_0 = vec4f();
  var a5_0 = vec4f();
  var a6_0 = vec4f();
  if (working) {
    let to = ((image * 14u + u32(row)) * 14u + u32(x0)) * 2u + firstPack;
    for (var ky = 0; ky < 3; ky++) {
      let fromRow = row * 1 + ky - 1;
      if (fromRow < 0 || fromRow >= 14) { continue; }
      let baseColumn = x0;
      let origin = (i32(image * 14u) + fromRow) * 14 + baseColumn;
      {
        let xSlope = xFinished[0u];
        let xIntercept = xFinished[2u + 0u];
        var vm1 = vec4f();
        if (baseColumn >= 1) { vm1 = max((xSlope * x[u32(origin + -1) * 2u + 0u] + xIntercept), vec4f(0.0)); }
        let v0 = max((xSlope * x[u32(origin + 0) * 2u + 0u] + xIntercept), vec4f(0.0));
        let v1 = max((xSlope * x[u32(origin + 1) * 2u + 0u] + xIntercept), vec4f(0.0));
        let v2 = max((xSlope * x[u32(origin + 2) * 2u + 0u] + xIntercept), vec4f(0.0));
        let v3 = max((xSlope * x[u32(origin + 3) * 2u + 0u] + xIntercept), vec4f(0.0));
        let v4 = max((xSlope * x[u32(origin + 4) * 2u + 0u] + xIntercept), vec4f(0.0));
        let v5 = max((xSlope * x[u32(origin + 5) * 2u + 0u] + xIntercept), vec4f(0.0));
        let v6 = max((xSlope * x[u32(origin + 6) * 2u + 0u] + xIntercept), vec4f(0.0));
        var v7 = vec4f();
        if (baseColumn < 7) { v7 = max((xSlope * x[u32(origin + 7) * 2u + 0u] + xIntercept), vec4f(0.0)); }
        {
          let m = mat4x4f(w[(u32(ky) * 3u + 0u) * 16u + (0u * 4u + 0u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 0u) * 16u + (0u * 4u + 1u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 0u) * 16u + (0u * 4u + 2u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 0u) * 16u + (0u * 4u + 3u) * 2u + firstPack + 0u]);
          a0_0 = fma(m[0], vec4f(vm1[0]), a0_0);
          a0_0 = fma(m[1], vec4f(vm1[1]), a0_0);
          a0_0 = fma(m[2], vec4f(vm1[2]), a0_0);
          a0_0 = fma(m[3], vec4f(vm1[3]), a0_0);
          a1_0 = fma(m[0], vec4f(v0[0]), a1_0);
          a1_0 = fma(m[1], vec4f(v0[1]), a1_0);
          a1_0 = fma(m[2], vec4f(v0[2]), a1_0);
          a1_0 = fma(m[3], vec4f(v0[3]), a1_0);
          a2_0 = fma(m[0], vec4f(v1[0]), a2_0);
          a2_0 = fma(m[1], vec4f(v1[1]), a2_0);
          a2_0 = fma(m[2], vec4f(v1[2]), a2_0);
          a2_0 = fma(m[3], vec4f(v1[3]), a2_0);
          a3_0 = fma(m[0], vec4f(v2[0]), a3_0);
          a3_0 = fma(m[1], vec4f(v2[1]), a3_0);
          a3_0 = fma(m[2], vec4f(v2[2]), a3_0);
          a3_0 = fma(m[3], vec4f(v2[3]), a3_0);
          a4_0 = fma(m[0], vec4f(v3[0]), a4_0);
          a4_0 = fma(m[1], vec4f(v3[1]), a4_0);
          a4_0 = fma(m[2], vec4f(v3[2]), a4_0);
          a4_0 = fma(m[3], vec4f(v3[3]), a4_0);
          a5_0 = fma(m[0], vec4f(v4[0]), a5_0);
          a5_0 = fma(m[1], vec4f(v4[1]), a5_0);
          a5_0 = fma(m[2], vec4f(v4[2]), a5_0);
          a5_0 = fma(m[3], vec4f(v4[3]), a5_0);
          a6_0 = fma(m[0], vec4f(v5[0]), a6_0);
          a6_0 = fma(m[1], vec4f(v5[1]), a6_0);
          a6_0 = fma(m[2], vec4f(v5[2]), a6_0);
          a6_0 = fma(m[3], vec4f(v5[3]), a6_0);
        }
        {
          let m = mat4x4f(w[(u32(ky) * 3u + 1u) * 16u + (0u * 4u + 0u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 1u) * 16u + (0u * 4u + 1u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 1u) * 16u + (0u * 4u + 2u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 1u) * 16u + (0u * 4u + 3u) * 2u + firstPack + 0u]);
          a0_0 = fma(m[0], vec4f(v0[0]), a0_0);
          a0_0 = fma(m[1], vec4f(v0[1]), a0_0);
          a0_0 = fma(m[2], vec4f(v0[2]), a0_0);
          a0_0 = fma(m[3], vec4f(v0[3]), a0_0);
          a1_0 = fma(m[0], vec4f(v1[0]), a1_0);
          a1_0 = fma(m[1], vec4f(v1[1]), a1_0);
          a1_0 = fma(m[2], vec4f(v1[2]), a1_0);
          a1_0 = fma(m[3], vec4f(v1[3]), a1_0);
          a2_0 = fma(m[0], vec4f(v2[0]), a2_0);
          a2_0 = fma(m[1], vec4f(v2[1]), a2_0);
          a2_0 = fma(m[2], vec4f(v2[2]), a2_0);
          a2_0 = fma(m[3], vec4f(v2[3]), a2_0);
          a3_0 = fma(m[0], vec4f(v3[0]), a3_0);
          a3_0 = fma(m[1], vec4f(v3[1]), a3_0);
          a3_0 = fma(m[2], vec4f(v3[2]), a3_0);
          a3_0 = fma(m[3], vec4f(v3[3]), a3_0);
          a4_0 = fma(m[0], vec4f(v4[0]), a4_0);
          a4_0 = fma(m[1], vec4f(v4[1]), a4_0);
          a4_0 = fma(m[2], vec4f(v4[2]), a4_0);
          a4_0 = fma(m[3], vec4f(v4[3]), a4_0);
          a5_0 = fma(m[0], vec4f(v5[0]), a5_0);
          a5_0 = fma(m[1], vec4f(v5[1]), a5_0);
          a5_0 = fma(m[2], vec4f(v5[2]), a5_0);
          a5_0 = fma(m[3], vec4f(v5[3]), a5_0);
          a6_0 = fma(m[0], vec4f(v6[0]), a6_0);
          a6_0 = fma(m[1], vec4f(v6[1]), a6_0);
          a6_0 = fma(m[2], vec4f(v6[2]), a6_0);
          a6_0 = fma(m[3], vec4f(v6[3]), a6_0);
        }
        {
          let m = mat4x4f(w[(u32(ky) * 3u + 2u) * 16u + (0u * 4u + 0u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 2u) * 16u + (0u * 4u + 1u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 2u) * 16u + (0u * 4u + 2u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 2u) * 16u + (0u * 4u + 3u) * 2u + firstPack + 0u]);
          a0_0 = fma(m[0], vec4f(v1[0]), a0_0);
          a0_0 = fma(m[1], vec4f(v1[1]), a0_0);
          a0_0 = fma(m[2], vec4f(v1[2]), a0_0);
          a0_0 = fma(m[3], vec4f(v1[3]), a0_0);
          a1_0 = fma(m[0], vec4f(v2[0]), a1_0);
          a1_0 = fma(m[1], vec4f(v2[1]), a1_0);
          a1_0 = fma(m[2], vec4f(v2[2]), a1_0);
          a1_0 = fma(m[3], vec4f(v2[3]), a1_0);
          a2_0 = fma(m[0], vec4f(v3[0]), a2_0);
          a2_0 = fma(m[1], vec4f(v3[1]), a2_0);
          a2_0 = fma(m[2], vec4f(v3[2]), a2_0);
          a2_0 = fma(m[3], vec4f(v3[3]), a2_0);
          a3_0 = fma(m[0], vec4f(v4[0]), a3_0);
          a3_0 = fma(m[1], vec4f(v4[1]), a3_0);
          a3_0 = fma(m[2], vec4f(v4[2]), a3_0);
          a3_0 = fma(m[3], vec4f(v4[3]), a3_0);
          a4_0 = fma(m[0], vec4f(v5[0]), a4_0);
          a4_0 = fma(m[1], vec4f(v5[1]), a4_0);
          a4_0 = fma(m[2], vec4f(v5[2]), a4_0);
          a4_0 = fma(m[3], vec4f(v5[3]), a4_0);
          a5_0 = fma(m[0], vec4f(v6[0]), a5_0);
          a5_0 = fma(m[1], vec4f(v6[1]), a5_0);
          a5_0 = fma(m[2], vec4f(v6[2]), a5_0);
          a5_0 = fma(m[3], vec4f(v6[3]), a5_0);
          a6_0 = fma(m[0], vec4f(v7[0]), a6_0);
          a6_0 = fma(m[1], vec4f(v7[1]), a6_0);
          a6_0 = fma(m[2], vec4f(v7[2]), a6_0);
          a6_0 = fma(m[3], vec4f(v7[3]), a6_0);
        }
      }
      {
        let xSlope = xFinished[1u];
        let xIntercept = xFinished[2u + 1u];
        var vm1 = vec4f();
        if (baseColumn >= 1) { vm1 = max((xSlope * x[u32(origin + -1) * 2u + 1u] + xIntercept), vec4f(0.0)); }
        let v0 = max((xSlope * x[u32(origin + 0) * 2u + 1u] + xIntercept), vec4f(0.0));
        let v1 = max((xSlope * x[u32(origin + 1) * 2u + 1u] + xIntercept), vec4f(0.0));
        let v2 = max((xSlope * x[u32(origin + 2) * 2u + 1u] + xIntercept), vec4f(0.0));
        let v3 = max((xSlope * x[u32(origin + 3) * 2u + 1u] + xIntercept), vec4f(0.0));
        let v4 = max((xSlope * x[u32(origin + 4) * 2u + 1u] + xIntercept), vec4f(0.0));
        let v5 = max((xSlope * x[u32(origin + 5) * 2u + 1u] + xIntercept), vec4f(0.0));
        let v6 = max((xSlope * x[u32(origin + 6) * 2u + 1u] + xIntercept), vec4f(0.0));
        var v7 = vec4f();
        if (baseColumn < 7) { v7 = max((xSlope * x[u32(origin + 7) * 2u + 1u] + xIntercept), vec4f(0.0)); }
        {
          let m = mat4x4f(w[(u32(ky) * 3u + 0u) * 16u + (1u * 4u + 0u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 0u) * 16u + (1u * 4u + 1u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 0u) * 16u + (1u * 4u + 2u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 0u) * 16u + (1u * 4u + 3u) * 2u + firstPack + 0u]);
          a0_0 = fma(m[0], vec4f(vm1[0]), a0_0);
          a0_0 = fma(m[1], vec4f(vm1[1]), a0_0);
          a0_0 = fma(m[2], vec4f(vm1[2]), a0_0);
          a0_0 = fma(m[3], vec4f(vm1[3]), a0_0);
          a1_0 = fma(m[0], vec4f(v0[0]), a1_0);
          a1_0 = fma(m[1], vec4f(v0[1]), a1_0);
          a1_0 = fma(m[2], vec4f(v0[2]), a1_0);
          a1_0 = fma(m[3], vec4f(v0[3]), a1_0);
          a2_0 = fma(m[0], vec4f(v1[0]), a2_0);
          a2_0 = fma(m[1], vec4f(v1[1]), a2_0);
          a2_0 = fma(m[2], vec4f(v1[2]), a2_0);
          a2_0 = fma(m[3], vec4f(v1[3]), a2_0);
          a3_0 = fma(m[0], vec4f(v2[0]), a3_0);
          a3_0 = fma(m[1], vec4f(v2[1]), a3_0);
          a3_0 = fma(m[2], vec4f(v2[2]), a3_0);
          a3_0 = fma(m[3], vec4f(v2[3]), a3_0);
          a4_0 = fma(m[0], vec4f(v3[0]), a4_0);
          a4_0 = fma(m[1], vec4f(v3[1]), a4_0);
          a4_0 = fma(m[2], vec4f(v3[2]), a4_0);
          a4_0 = fma(m[3], vec4f(v3[3]), a4_0);
          a5_0 = fma(m[0], vec4f(v4[0]), a5_0);
          a5_0 = fma(m[1], vec4f(v4[1]), a5_0);
          a5_0 = fma(m[2], vec4f(v4[2]), a5_0);
          a5_0 = fma(m[3], vec4f(v4[3]), a5_0);
          a6_0 = fma(m[0], vec4f(v5[0]), a6_0);
          a6_0 = fma(m[1], vec4f(v5[1]), a6_0);
          a6_0 = fma(m[2], vec4f(v5[2]), a6_0);
          a6_0 = fma(m[3], vec4f(v5[3]), a6_0);
        }
        {
          let m = mat4x4f(w[(u32(ky) * 3u + 1u) * 16u + (1u * 4u + 0u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 1u) * 16u + (1u * 4u + 1u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 1u) * 16u + (1u * 4u + 2u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 1u) * 16u + (1u * 4u + 3u) * 2u + firstPack + 0u]);
          a0_0 = fma(m[0], vec4f(v0[0]), a0_0);
          a0_0 = fma(m[1], vec4f(v0[1]), a0_0);
          a0_0 = fma(m[2], vec4f(v0[2]), a0_0);
          a0_0 = fma(m[3], vec4f(v0[3]), a0_0);
          a1_0 = fma(m[0], vec4f(v1[0]), a1_0);
          a1_0 = fma(m[1], vec4f(v1[1]), a1_0);
          a1_0 = fma(m[2], vec4f(v1[2]), a1_0);
          a1_0 = fma(m[3], vec4f(v1[3]), a1_0);
          a2_0 = fma(m[0], vec4f(v2[0]), a2_0);
          a2_0 = fma(m[1], vec4f(v2[1]), a2_0);
          a2_0 = fma(m[2], vec4f(v2[2]), a2_0);
          a2_0 = fma(m[3], vec4f(v2[3]), a2_0);
          a3_0 = fma(m[0], vec4f(v3[0]), a3_0);
          a3_0 = fma(m[1], vec4f(v3[1]), a3_0);
          a3_0 = fma(m[2], vec4f(v3[2]), a3_0);
          a3_0 = fma(m[3], vec4f(v3[3]), a3_0);
          a4_0 = fma(m[0], vec4f(v4[0]), a4_0);
          a4_0 = fma(m[1], vec4f(v4[1]), a4_0);
          a4_0 = fma(m[2], vec4f(v4[2]), a4_0);
          a4_0 = fma(m[3], vec4f(v4[3]), a4_0);
          a5_0 = fma(m[0], vec4f(v5[0]), a5_0);
          a5_0 = fma(m[1], vec4f(v5[1]), a5_0);
          a5_0 = fma(m[2], vec4f(v5[2]), a5_0);
          a5_0 = fma(m[3], vec4f(v5[3]), a5_0);
          a6_0 = fma(m[0], vec4f(v6[0]), a6_0);
          a6_0 = fma(m[1], vec4f(v6[1]), a6_0);
          a6_0 = fma(m[2], vec4f(v6[2]), a6_0);
          a6_0 = fma(m[3], vec4f(v6[3]), a6_0);
        }
        {
          let m = mat4x4f(w[(u32(ky) * 3u + 2u) * 16u + (1u * 4u + 0u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 2u) * 16u + (1u * 4u + 1u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 2u) * 16u + (1u * 4u + 2u) * 2u + firstPack + 0u], w[(u32(ky) * 3u + 2u) * 16u + (1u * 4u + 3u) * 2u + firstPack + 0u]);
          a0_0 = fma(m[0], vec4f(v1[0]), a0_0);
          a0_0 = fma(m[1], vec4f(v1[1]), a0_0);
          a0_0 = fma(m[2], vec4f(v1[2]), a0_0);
          a0_0 = fma(m[3], vec4f(v1[3]), a0_0);
          a1_0 = fma(m[0], vec4f(v2[0]), a1_0);
          a1_0 = fma(m[1], vec4f(v2[1]), a1_0);
          a1_0 = fma(m[2], vec4f(v2[2]), a1_0);
          a1_0 = fma(m[3], vec4f(v2[3]), a1_0);
          a2_0 = fma(m[0], vec4f(v3[0]), a2_0);
          a2_0 = fma(m[1], vec4f(v3[1]), a2_0);
          a2_0 = fma(m[2], vec4f(v3[2]), a2_0);
          a2_0 = fma(m[3], vec4f(v3[3]), a2_0);
          a3_0 = fma(m[0], vec4f(v4[0]), a3_0);
          a3_0 = fma(m[1], vec4f(v4[1]), a3_0);
          a3_0 = fma(m[2], vec4f(v4[2]), a3_0);
          a3_0 = fma(m[3], vec4f(v4[3]), a3_0);
          a4_0 = fma(m[0], vec4f(v5[0]), a4_0);
          a4_0 = fma(m[1], vec4f(v5[1]), a4_0);
          a4_0 = fma(m[2], vec4f(v5[2]), a4_0);
          a4_0 = fma(m[3], vec4f(v5[3]), a4_0);
          a5_0 = fma(m[0], vec4f(v6[0]), a5_0);
          a5_0 = fma(m[1], vec4f(v6[1]), a5_0);
          a5_0 = fma(m[2], vec4f(v6[2]), a5_0);
          a5_0 = fma(m[3], vec4f(v6[3]), a5_0);
          a6_0 = fma(m[0], vec4f(v7[0]), a6_0);
          a6_0 = fma(m[1], vec4f(v7[1]), a6_0);
          a6_0 = fma(m[2], vec4f(v7[2]), a6_0);
          a6_0 = fma(m[3], vec4f(v7[3]), a6_0);
        }
      }
    }
    z[to + 0u] = a0_0;
    z[to + 2u] = a1_0;
    z[to + 4u] = a2_0;
    z[to + 6u] = a3_0;
    z[to + 8u] = a4_0;
    z[to + 10u] = a5_0;
    z[to + 12u] = a6_0;
  }
  {
    let part = workgroup.x;
    let members = f32(min(runs - workgroup.x * 64u, 64u) * 7u);
    let sum = workgroupSum(select(vec4f(), a0_0 + a1_0 + a2_0 + a3_0 + a4_0 + a5_0 + a6_0, working), local);
    let mean = sum / members;
    let squares = workgroupSum(select(vec4f(), (a0_0 - mean) * (a0_0 - mean) + (a1_0 - mean) * (a1_0 - mean) + (a2_0 - mean) * (a2_0 - mean) + (a3_0 - mean) * (a3_0 - mean) + (a4_0 - mean) * (a4_0 - mean) + (a5_0 - mean) * (a5_0 - mean) + (a6_0 - mean) * (a6_0 - mean), working), local);
    if (local == 0u) {
      let at = (part * 2u + firstPack + 0u) * 2u;
      sums[at + 0u] = sum;
      sums[at + 1u] = squares;
    }
  }
}
