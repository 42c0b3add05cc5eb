namespace Plumbline;

/// <summary>The words for what a descent is and how it ended, as the command line and JSON have them.</summary>
public static class DescentWords
{
    /// <summary>sgd, momentum, nesterov, adam, averaged-sgd.</summary>
    public static string Of(DescentOptimizer optimizer) => optimizer switch
    {
        DescentOptimizer.Momentum => "momentum",
        DescentOptimizer.Nesterov => "nesterov",
        DescentOptimizer.Adam => "adam",
        DescentOptimizer.AveragedSgd => "averaged-sgd",
        _ => "sgd",
    };

    /// <summary>sgd, momentum, nesterov, conjugate-gradient.</summary>
    public static string Of(BatchMethod method) => method switch
    {
        BatchMethod.Momentum => "momentum",
        BatchMethod.Nesterov => "nesterov",
        BatchMethod.ConjugateGradient => "conjugate-gradient",
        _ => "sgd",
    };

    /// <summary>squared, absolute, huber.</summary>
    public static string Of(DescentLoss loss) => loss switch
    {
        DescentLoss.Absolute => "absolute",
        DescentLoss.Huber => "huber",
        _ => "squared",
    };

    /// <summary>constant, step, inverse, exponential, cosine.</summary>
    public static string Of(DescentSchedule schedule) => schedule switch
    {
        DescentSchedule.Step => "step",
        DescentSchedule.Inverse => "inverse",
        DescentSchedule.Exponential => "exponential",
        DescentSchedule.Cosine => "cosine",
        _ => "constant",
    };

    /// <summary>epochs, patience, excess, gradient, time, diverged.</summary>
    public static string Of(DescentStop stop) => stop switch
    {
        DescentStop.Patience => "patience",
        DescentStop.Excess => "excess",
        DescentStop.Gradient => "gradient",
        DescentStop.Time => "time",
        DescentStop.Diverged => "diverged",
        _ => "epochs",
    };
}
