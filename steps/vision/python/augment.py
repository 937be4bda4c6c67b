"""Draws images anew: mirrored, moved, scaled, turned, lit otherwise, as src/trainer/augment.ts says."""

import math

import torch
import torch.nn.functional as F


def augment(images, options, generator):
    """[count, size, size, 3] in the range of bytes to the same; points beyond the edge repeat it."""
    count, size = images.shape[0], images.shape[1]

    def draw(bound):
        return ((torch.rand(count, generator=generator) * 2 - 1) * bound).to(images.device)

    mirrored = (torch.rand(count, generator=generator) < 0.5).to(images.device) & options["flip"]
    scale = 1 + draw(options["zoom"])
    angle = draw(options["turn"]) * math.pi / 180
    shift_x, shift_y = draw(options["shift"]) * size, draw(options["shift"]) * size
    contrast, brightness = 1 + draw(options["light"]), 128 * draw(options["light"])
    along, across = scale * angle.cos(), scale * angle.sin()
    flipped = torch.where(mirrored, -1.0, 1.0)
    # With corners aligned, the points of an image lie at -1 to 1; what is drawn is the point that each one comes from.
    unit = 2 / max(1, size - 1)
    matrix = torch.stack(
        [
            torch.stack([along * flipped, -across, shift_x * unit], 1),
            torch.stack([across * flipped, along, shift_y * unit], 1),
        ],
        1,
    )
    grid = F.affine_grid(matrix, [count, 3, size, size], align_corners=True)
    drawn = F.grid_sample(images.permute(0, 3, 1, 2), grid, padding_mode="border", align_corners=True)
    lit = (drawn - 128) * contrast.reshape(-1, 1, 1, 1) + 128 + brightness.reshape(-1, 1, 1, 1)
    return lit.permute(0, 2, 3, 1)
