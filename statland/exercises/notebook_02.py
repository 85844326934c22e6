"""The feedback loop: what is right, and which mistakes are known."""

from statland.diagnosis import Exercise
from statland.prices import STATLAND_WEIGHTS

W_X, W_Y, W_H = STATLAND_WEIGHTS.w_x, STATLAND_WEIGHTS.w_y, -0.3
STATE = W_X * 1.0  # that a high yesterday leaves
TODAY = W_X * 1.0 + W_H * STATE


EXERCISES = {
    "02.1": Exercise(
        right=W_Y * TODAY,
        mistakes={
            "That is the state of today. The prediction needs one more weight.": TODAY,
            "This is the prediction with an empty memory. What has yesterday left in it?": W_Y * STATE,
            "The loop brings back the state of yesterday, not its price.": W_Y * (STATE + W_H * 1.0),
            "The loop brings back the state of yesterday, not its output.": W_Y * (STATE + W_H * W_Y * STATE),
            "The feedback weight is below 0: what the memory brings makes the sum smaller.": W_Y
            * (STATE - W_H * STATE),
            "That is the prediction with w_h = -0.5. Here w_h is -0.3.": W_Y * (STATE - 0.5 * STATE),
            "Today's price has a weight, too, before it goes into the sum.": W_Y * (1.0 + W_H * STATE),
            "The state was multiplied by w_x yesterday. Today it meets w_h only.": W_Y * (STATE + W_H * W_X * STATE),
            "That is the prediction for a medium price today. Here today is high.": W_Y * (W_X * 0.5 + W_H * STATE),
            "That is the prediction if yesterday was medium. Here yesterday was high.": W_Y * (STATE + W_H * W_X * 0.5),
            "That is one day too many: after the second day the state went round once more.": W_Y
            * (STATE + W_H * TODAY),
            "That is what the rule says. What does the unit predict?": 1.0,
            "ReLU is shut only if the sum is not above 0. Add up once more what price and memory bring.": 0.0,
            "That is what the memory brings. Today's price is still to come.": W_H * STATE,
        },
        hints=(
            "Yesterday's state is 1.8 times 1. It waits in the memory.",
            "Today's z is 1.8 times today's price, plus -0.3 times yesterday's state.",
            "z is above 0, so the state is z. The prediction is 1.1 times the state.",
        ),
    ),
    "02.4": Exercise(
        right=lambda w_x: 2 / w_x,
        inputs=lambda rng: (float(rng.choice([0.4, 0.8, 2.5, 3.2, 1.6])),),
        near=1e-3,
        mistakes={
            "With this w_y the prediction after (0, 0.5) is 0.5. Which price does the unit read there?": lambda w_x: (
                1 / w_x
            ),
            "That is the state after (0, 0.5). What must it be multiplied by to give 1?": lambda w_x: w_x / 2,
            "Here w_y grows with w_x. But if one of the two makes the prediction larger, the other must make it "
            "smaller.": lambda w_x: 2 * w_x,
            "The two weights are not added: the price is multiplied by one, then by the other.": lambda w_x: 2 - w_x,
            "You multiplied by 0.5 where you should divide: after (0, 0.5) the prediction is 0.25.": lambda w_x: (
                0.5 / w_x
            ),
            "This keeps the prediction at 0.99 for each w_x. It should be exactly 1.": lambda w_x: 1.98 / w_x,
            "1.1 belongs to w_x = 1.8, and gives 0.99 even there.": lambda w_x: 1.1,
            "That is right for w_x = 1.8. The function must use the w_x that it gets.": lambda w_x: 2 / 1.8,
            "After (1, 1) you added what the memory brings. But w_h is below 0.": lambda w_x: 2 / (3 * w_x),
            "After (1, 1) you brought back yesterday's price. The loop brings back its state.": lambda w_x: (
                1 / (w_x - 0.5)
            ),
            "With a w_y below 0 the prediction is below 0, too.": lambda w_x: -2 / w_x,
        },
        hints=(
            "After (0, 0.5) the memory holds 0. Write the prediction with w_x and w_y.",
            "This prediction, w_y times w_x times 0.5, must be 1.",
            "So w_y times w_x must be 2. After (1, 1) it leads to the same.",
        ),
    ),
}
