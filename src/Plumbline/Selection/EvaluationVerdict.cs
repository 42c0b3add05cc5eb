namespace Plumbline;

/// <summary>What errors on training and validation rows say about a model, in words.</summary>
internal static class EvaluationVerdict
{
    private const double Alike = 0.05;          // of the root mean squared error
    private const double Far = 0.25;
    private const double StillFalling = 0.01;   // from the last point but one to the last

    /// <summary>The words.</summary>
    public static string Of(ValidationScore training, ValidationScore validation, double rSquared, IReadOnlyList<LearningPoint> curve)
    {
        if (!(training.Mean > 0))
        {
            return validation.Mean > 0
                ? "The model passes through its training rows and misses others: it overfits. It has as many coefficients as rows, or nearly."
                : "The model fits all rows exactly.";
        }
        double excess = (validation.Rmse / training.Rmse) - 1;
        string percent = FormattableString.Invariant($"{Math.Abs(excess) * 100:F1} % {(excess < 0 ? "smaller" : "larger")}");
        string level = rSquared <= 0 ? " It predicts no better than the mean." : "";
        string verdict = excess < Alike
            ? $"Errors on new rows are {percent} than on training rows: the model does not overfit. If they are too large for the purpose it underfits: other terms may help, more rows hardly."
            : excess < Far && validation.Mean - training.Mean < validation.StandardError
                ? $"Errors on new rows are {percent} than on training rows, but the folds differ from one another by more than that: it may be chance. Other folds (--seed) or more of them will tell."
            : excess < Far
                ? $"Errors on new rows are {percent} than on training rows: the model overfits a little. More rows, fewer terms or a penalty (plumb path) may help."
                : $"Errors on new rows are {percent} than on training rows: the model overfits. Fewer terms or a penalty (plumb path) will help, or more rows.";
        return verdict + level + Trend(curve);
    }

    private static string Trend(IReadOnlyList<LearningPoint> curve)
    {
        if (curve.Count < 2)
        {
            return "";
        }
        double fall = 1 - (curve[^1].Validation.Rmse / curve[^2].Validation.Rmse);
        return fall > StillFalling
            ? " The learning curve still falls: more rows would help."
            : " The learning curve is flat at its end: more rows of this kind would not help.";
    }
}
