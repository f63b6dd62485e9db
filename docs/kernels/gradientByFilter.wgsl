// gradient by filter 3×3, for conv 1 of ResNet-8 (width 8, 32 images of 14×14): 45 × 1 workgroups.

struct Run { images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32 }
@group(0) @binding(0) var<uniform> run: Run;
@group(0) @binding(1) var<storage, read> pixels: array<f32>;
@group(0) @binding(2) var<storage, read> indices: array<u32>;
@group(0) @binding(3) var<storage, read> dz: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> partial: array<vec4f>;
var<workgroup> shared4: array<vec4f, 192>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  let firstTile = workgroup.x % 1u * 6u;
  let tile = firstTile + local % 6u;
  let split = workgroup.x / 1u;
  let share = split * 10u + local / 6u;
  let working = tile < 6u && local < 60u;
  let firstPack = tile % 2u * 1u;
  let c = tile / 2u % 1u;
  let ky = i32(tile / 2u % 3u);
  var d0_0_0 = vec4f();
  var d1_0_0 = vec4f();
  var d2_0_0 = vec4f();
  if (working) {
    let rows = run.images * 14u;
    let each = (rows + 449u) / 450u;
    for (var index = share * each; index < min(rows, (share + 1u) * each); index++) {
      let image = index / 14u;
      let fromRow = i32(index % 14u) * 1 + ky - 1;
      if (fromRow < 0 || fromRow >= 14) { continue; }
      for (var x0 = 0; x0 < 14; x0 += 7) {
        let baseColumn = x0;
        let origin = (i32(indices[image] * 14u) + fromRow) * 14 + baseColumn;
        let to = (index * 14u + u32(x0)) * 2u + firstPack;
        var vm1 = 0.0;
        if (baseColumn >= 1) { vm1 = pixels[u32(origin + -1)]; }
        let v0 = pixels[u32(origin + 0)];
        let v1 = pixels[u32(origin + 1)];
        let g0_0 = dz[to + 0u];
        d0_0_0 = fma(g0_0, vec4f(vm1), d0_0_0);
        d1_0_0 = fma(g0_0, vec4f(v0), d1_0_0);
        d2_0_0 = fma(g0_0, vec4f(v1), d2_0_0);
        let v2 = pixels[u32(origin + 2)];
        let g1_0 = dz[to + 2u];
        d0_0_0 = fma(g1_0, vec4f(v0), d0_0_0);
        d1_0_0 = fma(g1_0, vec4f(v1), d1_0_0);
        d2_0_0 = fma(g1_0, vec4f(v2), d2_0_0);
        let v3 = pixels[u32(origin + 3)];
        let g2_0 = dz[to + 4u];
        d0_0_0 = fma(g2_0, vec4f(v1), d0_0_0);
        d1_0_0 = fma(g2_0, vec4f(v2), d1_0_0);
        d2_0_0 = fma(g2_0, vec4f(v3), d2_0_0);
        let v4 = pixels[u32(origin + 4)];
        let g3_0 = dz[to + 6u];
        d0_0_0 = fma(g3_0, vec4f(v2), d0_0_0);
        d1_0_0 = fma(g3_0, vec4f(v3), d1_0_0);
        d2_0_0 = fma(g3_0, vec4f(v4), d2_0_0);
        let v5 = pixels[u32(origin + 5)];
        let g4_0 = dz[to + 8u];
        d0_0_0 = fma(g4_0, vec4f(v3), d0_0_0);
        d1_0_0 = fma(g4_0, vec4f(v4), d1_0_0);
        d2_0_0 = fma(g4_0, vec4f(v5), d2_0_0);
        let v6 = pixels[u32(origin + 6)];
        let g5_0 = dz[to + 10u];
        d0_0_0 = fma(g5_0, vec4f(v4), d0_0_0);
        d1_0_0 = fma(g5_0, vec4f(v5), d1_0_0);
        d2_0_0 = fma(g5_0, vec4f(v6), d2_0_0);
        var v7 = 0.0;
        if (baseColumn < 7) { v7 = pixels[u32(origin + 7)]; }
        let g6_0 = dz[to + 12u];
        d0_0_0 = fma(g6_0, vec4f(v5), d0_0_0);
        d1_0_0 = fma(g6_0, vec4f(v6), d1_0_0);
        d2_0_0 = fma(g6_0, vec4f(v7), d2_0_0);
      }
    }
  }
  shared4[0u + local] = d0_0_0;
  shared4[64u + local] = d1_0_0;
  shared4[128u + local] = d2_0_0;
  workgroupBarrier();
  if (local < 18u && firstTile + local % 6u < 6u) {
    let number = 0u + local / 6u;
    let firstPack = (firstTile + local % 6u) % 2u * 1u;
    let c = (firstTile + local % 6u) / 2u % 1u;
    let ky = i32((firstTile + local % 6u) / 2u % 3u);
    var sum = vec4f();
    for (var other = 0u; other < 10u; other++) {
      sum += shared4[local / 6u * 64u + other * 6u + local % 6u];
    }
    partial[split * 32u + ((u32(ky) * 3u + number / 1u) * 1u + c * 4u + number / 1u % 1u) * 2u + firstPack + number % 1u] = sum;
  }
}
