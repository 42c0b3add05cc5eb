namespace Plumbline;

/// <summary>What an encoder computes.</summary>
/// <param name="Variables">The variables of the formula that are used, each once.</param>
/// <param name="VariableNames">Their names, as written.</param>
/// <param name="Outputs">For each predictor and then for the response the variables whose product it is.</param>
/// <param name="WeightsInput">The place of the weights among the inputs, or null.</param>
internal sealed record DesignPlan(NumericExpression[] Variables, string[] VariableNames, int[][] Outputs, int? WeightsInput);
